import { expect, test } from 'vitest';
import { stateKey, wordsFor } from './words-for';

const states = (needs_consent: boolean, may_use: boolean, state: string) =>
  wordsFor({ needs_consent, may_use, state }).map((word) => word.state);

test('what holds already is not offered again', () => {
  expect(states(true, true, 'given')).toEqual(['withdrawn']);
  expect(states(true, false, 'withdrawn')).toEqual(['given']);
  expect(states(true, false, 'not_asked')).toEqual(['refused', 'given']);
  expect(states(true, false, 'outdated')).toEqual(['refused', 'given']);
  expect(states(false, true, 'not_asked')).toEqual(['refused']);
  expect(states(false, false, 'refused')).toEqual(['given']);
});

test('who was not asked is told whether he has to be', () => {
  expect(stateKey({ needs_consent: true, may_use: false, state: 'not_asked' })).toBe('notAsked');
  expect(stateKey({ needs_consent: false, may_use: true, state: 'not_asked' })).toBe('notNeeded');
  expect(stateKey({ needs_consent: true, may_use: false, state: 'expired' })).toBe('expired');
});
