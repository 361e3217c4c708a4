import { Model, surveyLocalization } from 'survey-core';
import { expect, test } from 'vitest';
import { BRACE, withNotices } from './notices';

const NOTICE = '处理者：{bank}，用于 {nps} 与 { 未闭合\n联系 {nps}';
const DEFINITION = {
  pages: [
    {
      name: 'one',
      elements: [
        { type: 'rating', name: 'nps' },
        {
          type: 'boolean',
          name: 'may',
          description: { default: '您打了 {nps} 分' },
          notice: { default: NOTICE, en: 'Use of {nps}' },
        },
      ],
    },
  ],
};

surveyLocalization.defaultLocale = 'zh-cn';

function described(definition: Record<string, unknown>, locale = ''): string {
  const model = new Model(definition);
  model.setVariable(BRACE, '{');
  model.data = { nps: 9 };
  model.locale = locale;
  return model.getQuestionByName('may').locDescription.renderedHtml;
}

test('a notice is shown word for word, the words of the question are filled in', () => {
  expect(described(withNotices(DEFINITION))).toBe(`您打了 9 分\n${NOTICE}`);
  expect(described(withNotices(DEFINITION), 'en')).toBe('您打了 9 分\nUse of {nps}');
});

test('a question without a notice stays as it was', () => {
  const [page] = DEFINITION.pages;
  const [rating] = page?.elements ?? [];
  const { pages } = withNotices(DEFINITION) as typeof DEFINITION;
  expect(pages[0]?.elements[0]).toEqual(rating);
});
