import { expect, test } from 'vitest';
import type { CampaignDetails } from '@/api/generated/types.gen';
import { addCondition, EMPTY, fromCampaign, isComplete, toBody } from './draft';

const FULL = { ...EMPTY, name: ' 秋季通讯 ', segmentId: 's', account: 'smtp', versions: ['v'] };

test('only what the schedule asks for goes along', () => {
  expect(toBody(FULL).schedule).toEqual({ kind: 'once', only_working_days: false });
  expect(toBody({ ...FULL, kind: 'weekly', day: 3 }).schedule).toEqual({
    kind: 'weekly',
    only_working_days: false,
    time: '10:00',
    day: 3,
  });
  expect(toBody({ ...FULL, holdoutPercent: 10, goalEvent: '购买' })).toMatchObject({
    name: '秋季通讯',
    holdout_share: 0.1,
    goal: { event: '购买', days: 7 },
  });
});

test('an event has to be named before it can set off anything', () => {
  expect(isComplete(FULL)).toBe(true);
  expect(isComplete({ ...FULL, kind: 'on_event' })).toBe(false);
  expect(isComplete({ ...FULL, name: ' ' })).toBe(false);
});

test('what was saved comes back as it was written', () => {
  const body = toBody({
    ...FULL,
    kind: 'monthly',
    day: 5,
    goalEvent: '购买',
    goalDays: 30,
    holdoutPercent: 20,
  });
  const held = { ...body, segment_id: 's' } as unknown as CampaignDetails;
  expect(toBody(fromCampaign(held))).toEqual(body);
});

test('each condition on an event comes back, a text of figures as text', () => {
  const where = { 类型: '投诉', 渠道: '02', 金额: 5000, 首次: true };
  const held = { ...toBody(FULL), segment_id: 's', schedule: { kind: 'on_event', event: '来电', where } };
  const draft = fromCampaign(held as unknown as CampaignDetails);
  expect(toBody(draft).schedule?.where).toEqual(where);
  const [first, ...others] = draft.where;
  const changed = [...others, { id: 9, key: ' 次数 ', value: ' 3 ' }];
  expect(first?.key).toBe('类型');
  expect(toBody({ ...draft, where: changed }).schedule?.where).toEqual({
    渠道: '02',
    金额: 5000,
    首次: true,
    次数: 3,
  });
  expect(toBody({ ...draft, where: [] }).schedule).not.toHaveProperty('where');
});

test('conditions are whole and each about another property', () => {
  const draft = { ...FULL, kind: 'on_event' as const, event: '来电' };
  const where = [{ id: 1, key: '类型', value: '投诉' }];
  expect(isComplete({ ...draft, where })).toBe(true);
  expect(isComplete({ ...draft, where: addCondition(where) })).toBe(false);
  expect(isComplete({ ...draft, where: [...where, { id: 2, key: '类型 ', value: '咨询' }] })).toBe(false);
});
