import { expect, test } from 'vitest';
import type { CampaignDetails } from '@/api/generated/types.gen';
import { EMPTY, fromCampaign, isComplete, toBody } from './draft';

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
