import { expect, test } from 'vitest';
import {
  emptyDraft,
  fromDefinition,
  moved,
  newQuestion,
  questionsOf,
  toDefinition,
  withQuestion,
} from './draft';

const names = (draft: ReturnType<typeof emptyDraft>) =>
  draft.pages.map((page) => page.elements.map(({ name }) => name));

test('a new survey begins with a measure and its reason', () => {
  const draft = emptyDraft('回访');
  expect(names(draft)).toEqual([['nps', 'why']]);
  expect(newQuestion('nps', draft).name).toBe('nps_2');
});

test('what is sent is read back as it was', () => {
  const draft = emptyDraft('回访');
  expect(fromDefinition(toDefinition(draft))).toEqual(draft);
});

test('plain SurveyJS becomes a question of ours', () => {
  const draft = fromDefinition({
    title: '问',
    pages: [{ elements: [{ type: 'dropdown', name: 'q', title: '选', choices: ['a'] }] }],
  });
  expect(questionsOf(draft)[0]).toMatchObject({
    kehuKind: 'single',
    title: { default: '选' },
    choices: [{ value: 'a', text: { default: 'a' } }],
  });
});

test('a question moves within its page and over its edge, and never gets lost', () => {
  const draft = emptyDraft('回访');
  draft.pages.push({ name: 'page2', elements: [newQuestion('date', draft)] });
  expect(names(moved(draft, 'why', -1))).toEqual([['why', 'nps'], ['date']]);
  expect(names(moved(draft, 'why', 1))).toEqual([['nps'], ['why', 'date']]);
  expect(names(moved(draft, 'date', -1))).toEqual([['nps', 'why', 'date'], []]);
  expect(names(moved(draft, 'nps', -1))).toEqual([['nps', 'why'], ['date']]);
  expect(names(withQuestion(draft, 'nps', null))).toEqual([['why'], ['date']]);
});
