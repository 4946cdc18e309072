/**
 * Visitors who connect and stay: `node servers/visitors.js <port> <count>`.
 *
 * Says how many have come; at the next line on stdin all ask for something at once, and it says how
 * many were answered.
 *
 * @module
 */
import { connect } from 'node:net';

const [, , port, count] = process.argv.map(Number);
/** So many connect at a time: the line at a listener is short. */
const AT_ONCE = 100;

const sockets = [];
let answered = 0;
let failed = 0;

function visit() {
  if (sockets.length === count) return;
  const socket = connect({ port, host: '127.0.0.1' }, () => {
    if (++arrived === count) console.log(JSON.stringify({ arrived, failed }));
    else visit();
  });
  sockets.push(socket);
  socket.once('data', () => {
    answered += 1;
    if (answered + failed === count) console.log(JSON.stringify({ answered, failed }));
  });
  socket.on('error', () => {
    failed += 1;
  });
}

let arrived = 0;
for (let i = 0; i < AT_ONCE; i++) visit();
process.stdin.once('data', () => {
  for (const socket of sockets) socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
});
process.stdin.on('end', () => process.exit(0));
