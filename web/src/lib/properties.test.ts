import { describe, expect, it } from 'vitest';
import { looksPersonal, newWhere, whereDrafts, whereOf } from './properties';

describe('conditions on properties', () => {
  it('come back as they were written', () => {
    const written = [
      { property: 'channel', op: 'is', value: '手机银行' },
      { property: 'amount', op: 'gte', value: 500 },
    ];
    const drafts = whereDrafts(written);
    expect(drafts?.map(({ op, value }) => [op, value])).toEqual([
      ['is', '手机银行'],
      ['gte', '500'],
    ]);
    expect(whereOf(drafts ?? [])).toEqual({ where: written });
  });

  it('are none where there are none, and unfinished while a part is missing or no number', () => {
    expect(whereOf([])).toEqual({});
    expect(whereOf([{ ...newWhere(), property: 'channel' }])).toBeUndefined();
    expect(whereOf([{ ...newWhere(), property: 'amount', op: 'gt', value: '多' }])).toBeUndefined();
  });

  it('are left alone where rows cannot show them', () => {
    expect(whereDrafts([{ property: 'amount', op: 'between', value: [1, 2] }])).toBeUndefined();
    expect(whereDrafts([{ property: 'amount', op: 'is', value: ['a'] }])).toBeUndefined();
  });

  it('look personal by their text, not by an amount', () => {
    expect(looksPersonal({ ...newWhere(), property: 'to', value: '13800138000' })).toBe(true);
    expect(looksPersonal({ ...newWhere(), property: 'amount', op: 'gt', value: '50000000' })).toBe(false);
  });
});
