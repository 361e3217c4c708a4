import { expect, test } from 'vitest';
import type { ProposalOut } from '@/api/generated/types.gen';
import {
  attentionOf,
  byAttention,
  doubles,
  draftOf,
  eventDraftOf,
  hasField,
  toEventMapping,
  toMapping,
} from './mapping';

const proposal = (column: string, facts: Partial<ProposalOut> = {}): ProposalOut => ({
  column,
  field: null,
  role: 'field',
  certainty: 'high',
  reason: { zh: '表头相同', en: 'Same header' },
  warning: null,
  samples: [],
  ...facts,
});

test('a mapping is read and written without loss', () => {
  const mapping = { columns: { 姓名: 'name', 编号: 'customer_no' }, key: '编号', unit: '机构' };
  const draft = draftOf([proposal('姓名'), proposal('编号'), proposal('机构'), proposal('备注')], mapping);

  expect(draft.targets).toEqual({ 姓名: 'name', 编号: 'customer_no', 机构: '@unit', 备注: '' });
  expect(toMapping(draft)).toEqual(mapping);
});

test('a file of events keeps its time, its fields, and the rest as properties under their own names', () => {
  const mapping = { columns: { 客户号: 'customer_no', 摘要: '摘要' }, event_at: '交易时间' };
  const columns = [proposal('客户号'), proposal('摘要'), proposal('交易时间'), proposal('密码')];
  const draft = eventDraftOf(columns, mapping, new Set(['customer_no']));

  expect(draft.targets).toEqual({ 客户号: 'customer_no', 摘要: '@property', 交易时间: 'event_at', 密码: '' });
  expect(toEventMapping(draft)).toEqual(mapping);
});

test('a key that fills no field is sent all the same', () => {
  expect(toMapping({ targets: { 编号: '', 姓名: 'name' }, key: '编号' })).toEqual({
    columns: { 姓名: 'name' },
    key: '编号',
  });
});

test('two columns of one field are found, two that are left out are none', () => {
  expect([...doubles({ a: 'mobile', b: 'mobile', c: '', d: '' })]).toEqual(['mobile']);
});

test('roles alone are nothing to import', () => {
  expect(hasField({ targets: { a: '@unit', b: '' }, key: 'b' })).toBe(false);
});

test('doubt asks for a decision, a warning for a look', () => {
  expect(attentionOf(proposal('a', { certainty: 'medium' }))).toBe('confirm');
  expect(attentionOf(proposal('a', { warning: { zh: '60% 为空', en: '60% blank' } }))).toBe('look');
  expect(attentionOf(proposal('a', { role: 'forbidden', certainty: 'none' }))).toBe('look');
  expect(attentionOf(proposal('a', { role: 'property', certainty: 'low' }))).toBe('fine');
  expect(attentionOf(proposal('a'))).toBe('fine');
});

test('what has to be decided comes first, and else the order of the file stays', () => {
  const columns = [
    proposal('a'),
    proposal('b', { role: 'ignore', certainty: 'none' }),
    proposal('c', { certainty: 'low' }),
    proposal('d', { certainty: 'medium' }),
  ];
  expect(byAttention(columns).map(({ column }) => column)).toEqual(['c', 'd', 'b', 'a']);
});
