import { InvalidOptionError, SocketAddress } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../../src/runtime/net/address.ts';

describe('SocketAddress', () => {
  it.each([
    ['127.0.0.1', 8080, '127.0.0.1:8080'],
    ['localhost', 0, 'localhost:0'],
    ['::1', 8080, '[::1]:8080'],
  ])('with host %s and port %i is %s as text', (host, port, text) => {
    expect(String(new SocketAddress(host, port))).toBe(text);
  });
});

describe('parseAddress', () => {
  it.each([
    ['127.0.0.1:8080', '127.0.0.1', 8080],
    ['localhost:80', 'localhost', 80],
    ['0.0.0.0:0', '0.0.0.0', 0],
    ['127.0.0.1:65535', '127.0.0.1', 65_535],
    ['[::1]:8080', '::1', 8080],
    ['[fe80::1%eth0]:8080', 'fe80::1%eth0', 8080],
  ])('reads %s', (text, host, port) => {
    expect(parseAddress('bind()', text)).toEqual(new SocketAddress(host, port));
  });

  it.each(['127.0.0.1:8080', '[::1]:8080'])('reads what an address is as text: %s', (text) => {
    expect(String(parseAddress('bind()', text))).toBe(text);
  });

  it.each([
    '',
    ':',
    ':8080',
    '8080',
    '127.0.0.1',
    '127.0.0.1:',
    '127.0.0.1:http',
    '127.0.0.1:-1',
    '127.0.0.1:80.5',
    '127.0.0.1:1e3',
    '127.0.0.1:65536',
    '127.0.0.1:99999999999999999999',
    '127.0.0.1:80:80',
    '127.0.0.1:80 ',
    '127.0.0.1:80\n',
    '::1:8080',
    '[::1]',
    '[::1]8080',
    '[]:8080',
    'http://127.0.0.1:8080',
  ])('refuses %j', (text) => {
    expect(() => parseAddress('bind()', text)).toThrow(InvalidOptionError);
  });

  it.each([[8080], [undefined], [null], [{ host: '127.0.0.1', port: 80 }]])('refuses what is no text: %j', (value) => {
    expect(() => parseAddress('bind()', value as never)).toThrow(InvalidOptionError);
  });

  it('says what it expects, and what it got', () => {
    expect(() => parseAddress('TcpListener.bind()', 'here')).toThrow(
      'TcpListener.bind() expects an address such as 127.0.0.1:8080, with a port up to 65535,',
    );
  });
});
