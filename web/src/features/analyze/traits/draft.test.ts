import { describe, expect, it } from 'vitest';
import type { AggregateOut, TraitDetails } from '@/api/generated/types.gen';
import { newWhere } from '@/lib/properties';
import { EMPTY, fromTrait, toDefinition } from './draft';

const label = { zh: '', en: '' };
const sum: AggregateOut = {
  key: 'sum',
  label,
  hint: label,
  takes: 'must',
  kinds: ['number'],
  is_zero_without: true,
};

describe('a draft of a trait', () => {
  it('comes to nothing while something is missing', () => {
    expect(toDefinition({ ...EMPTY, aggregate: 'sum' }, sum)).toBeUndefined();
    expect(toDefinition({ ...EMPTY, event: '转出', aggregate: 'sum' }, sum)).toBeUndefined();
    const where = [{ ...newWhere(), property: 'amount', op: 'gt' as const, value: '多' }];
    expect(toDefinition({ ...EMPTY, event: '转出', property: 'amount', where }, sum)).toBeUndefined();
  });

  it('is the definition it was read from', () => {
    const definition = {
      event: '转出',
      aggregate: 'sum',
      property: 'amount',
      where: [{ property: 'amount', op: 'lt', value: -100 }],
      within: { days_ago: [90, 30] },
      zone: 'Asia/Tokyo',
    };
    const draft = fromTrait({
      key: 'x',
      name: label,
      unit: '',
      used_for: '',
      definition,
    } as unknown as TraitDetails);
    expect(toDefinition(draft, sum)).toEqual(definition);
  });

  it('keeps conditions that the form cannot show', () => {
    const where = [{ property: 'channel', op: 'in', value: ['柜面'] }];
    const definition = { event: '转出', aggregate: 'sum', property: 'amount', where };
    const draft = fromTrait({ key: 'x', name: label, definition } as unknown as TraitDetails);
    expect(toDefinition(draft, sum)).toEqual(definition);
  });
});
