/** @module */
import { createServer } from 'node:http';
import { BODY, report } from './shared.js';

const server = createServer((_, response) => {
  response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': BODY.length });
  response.end(BODY);
});
server.listen(0, '127.0.0.1', 1024, () => report(server.address().port));
// An idle visitor is to be held as long as the others hold theirs.
server.keepAliveTimeout = 0;
server.headersTimeout = 0;
server.requestTimeout = 0;
