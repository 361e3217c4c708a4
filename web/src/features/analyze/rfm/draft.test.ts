import { describe, expect, it } from 'vitest';
import { newWhere } from '@/lib/properties';
import { emptyDraft, newPurchase, toDefinition } from './draft';

const purchase = { ...newPurchase(), event: '消费' };

describe('what counts as a purchase', () => {
  it('is narrowed by properties', () => {
    const where = [{ ...newWhere(), property: 'channel', value: '柜面' }];
    expect(toDefinition({ ...emptyDraft(), purchases: [{ ...purchase, where }] })).toMatchObject({
      purchases: [{ event: '消费', where: [{ property: 'channel', op: 'is', value: '柜面' }] }],
    });
    expect(toDefinition({ ...emptyDraft(), purchases: [purchase] })?.purchases).toEqual([
      { event: '消费', amount: 'amount', absolute: true },
    ]);
  });

  it('is unfinished while a condition is', () => {
    const where = [newWhere()];
    expect(toDefinition({ ...emptyDraft(), purchases: [{ ...purchase, where }] })).toBeUndefined();
  });

  it('keeps conditions that rows cannot show', () => {
    const others = [{ property: 'amount', op: 'between', value: [1, 2] }];
    expect(toDefinition({ ...emptyDraft(), purchases: [{ ...purchase, others }] })?.purchases).toMatchObject([
      { where: others },
    ]);
  });
});
