import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config.ts';

const allowed = (text: string) => loadConfig({ HEADGATE_GATEWAY_ALLOW: text }).gatewayAllow;

describe('networks in settings', () => {
  test('are understood as they are written', () => {
    expect(allowed('10.0.0.5, 10.1.2.3/16,::1,fd00::1/8,')).toEqual([
      '10.0.0.5/32',
      '10.1.0.0/16',
      '::1/128',
      'fd00::/8',
    ]);
    expect(allowed('::ffff:10.0.0.5,::ffff:10.1.0.0/112')).toEqual(['10.0.0.5/32', '10.1.0.0/16']);
    expect(allowed('')).toEqual([]);
  });

  test.each([
    ...['10/8', '192.168/16', '010.0.0.0/8', '0x7f000001', '2130706433', '10.0.0.0/33', '10.0.0.0/8:80'],
    ...['10.0.0.1:80', '[::1]', '[::1]:443', 'fe80::1%eth0', 'example.com', '*', '10.0.0.0/-1', '10.0.0.0/'],
  ])('%s is refused', (text) => {
    expect(() => allowed(text)).toThrow('HEADGATE_GATEWAY_ALLOW: expected comma-separated CIDRs');
  });
});
