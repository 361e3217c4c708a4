/** Notices under questions of consent: shown word for word, though SurveyJS fills `{name}` in with an earlier answer. */

type Words = Readonly<Record<string, string>>;
type Element = Readonly<Record<string, unknown>> & { readonly notice?: Words };
type Page = Readonly<Record<string, unknown>> & { readonly elements?: readonly Element[] };

/** The variable that stands for an opening brace. No question can have its name. */
export const BRACE = 'kehu-brace';

/** A consent is said in words, not switched on. */
const said = {
  labelTrue: { default: '同意', en: 'I agree', 'zh-tw': '同意' },
  labelFalse: { default: '不同意', en: 'I do not agree', 'zh-tw': '不同意' },
};

const verbatim = (text: string) => text.replaceAll('{', `{${BRACE}}`);

function wordsOf(value: unknown): Words {
  if (typeof value === 'string') return { default: value };
  return (value ?? {}) as Words;
}

function shown({ notice, ...plain }: Element) {
  const element: Element = plain.type === 'boolean' ? { ...said, ...plain } : plain;
  if (!notice) return element;
  const own = wordsOf(element.description);
  const both = (key: string, text: string) =>
    [own[key] ?? own.default, verbatim(text)].filter(Boolean).join('\n');
  const description = Object.fromEntries(Object.entries(notice).map(([key, text]) => [key, both(key, text)]));
  return { ...element, description };
}

/** The questionnaire with each notice in the description of its question, and words for yes and no. */
export function withNotices(definition: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const pages = (definition.pages ?? []) as readonly Page[];
  return {
    ...definition,
    pages: pages.map((page) => ({ ...page, elements: (page.elements ?? []).map(shown) })),
  };
}
