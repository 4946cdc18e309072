/** @module */
import { createServer } from 'node:net';
import { RESPONSE, Requests, report } from './shared.js';

const server = createServer({ noDelay: true }, (socket) => {
  const requests = new Requests();
  socket.on('data', (data) => {
    for (let left = requests.ended(data, data.length); left > 0; left--) socket.write(RESPONSE);
  });
  socket.on('error', () => {});
});
server.listen(0, '127.0.0.1', 1024, () => report(server.address().port));
