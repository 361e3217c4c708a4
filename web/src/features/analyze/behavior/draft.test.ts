import { describe, expect, it } from 'vitest';
import { newWhere } from '@/lib/properties';
import { emptyFunnel, newStep, readBehaviorSearch, toFunnel, toFunnelDraft } from './draft';
import { greatestLoss } from './funnel-result';

const whole = () => ({ ...emptyFunnel(), steps: [newStep('登录'), newStep('申购')] });

describe('a funnel in the form and in the address', () => {
  it('is nothing while a step has no event or a condition no value', () => {
    const where = { ...newWhere(), property: 'channel' };
    expect(toFunnel(emptyFunnel())).toBeUndefined();
    expect(
      toFunnel({ ...whole(), steps: [newStep('登录'), { ...newStep('申购'), where: [where] }] }),
    ).toBeUndefined();
  });

  it('comes back from the address as it was', () => {
    const where = { ...newWhere(), property: 'amount', op: 'gte' as const, value: '5000' };
    const json = toFunnel({
      ...whole(),
      steps: [{ ...newStep('登录'), where: [where] }, newStep('申购')],
      limit: 36,
      unit: 'hours',
      period: { days: undefined, from: '2026-10-01', to: '2026-10-31' },
      segment: 'a-segment',
      by: 'unit',
    });
    expect(json).toMatchObject({
      in_hours: 36,
      within: { from: '2026-10-01', to: '2026-10-31' },
      by: 'unit',
    });
    expect(toFunnel(toFunnelDraft(json))).toEqual(json);
  });

  it('asks nothing with a value that looks personal, so that it never stands in the address', () => {
    for (const value of ['13857101234', '6222 02 1234567', 'a@example.com']) {
      const where = { ...newWhere(), property: 'to', value };
      expect(
        toFunnel({ ...whole(), steps: [{ ...newStep('转出'), where: [where] }, newStep('申购')] }),
      ).toBeUndefined();
    }
  });

  it('starts empty from an address that cannot be read', () => {
    expect(readBehaviorSearch({ purpose: 'care', funnel: 'x' })).toEqual({ purpose: 'care' });
    expect(toFunnelDraft({ steps: [null] }).steps).toHaveLength(2);
  });
});

describe('the greatest loss', () => {
  it('is the step before which most were lost, if any were', () => {
    expect(greatestLoss([100, 80, 20, 19])).toBe(2);
    expect(greatestLoss([5, 5])).toBe(0);
  });
});
