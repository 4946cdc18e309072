import { expect, it } from 'vitest';
import { Peak } from '../../../src/trace/facts/peak.ts';

it('knows how many came, how many there are, and how many there were at most', () => {
  const peak = new Peak();
  peak.come();
  peak.come(2);
  peak.go();
  peak.come();
  peak.go(3);

  expect([peak.all, peak.most, peak.now]).toEqual([4, 3, 0]);
});
