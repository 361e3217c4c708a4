import { expect, test } from 'vitest';
import { moved, newBlock, toBody, toMessage } from './message';

const kept = {
  subject: '主题',
  language: 'zh',
  source: '<mjml/>',
  missing: {},
  blocks: {
    color: '#0b6150',
    preview: '两分钟读完',
    blocks: [
      { kind: 'headline', eyebrow: '通讯', text: '要闻' },
      { kind: 'columns', left: [{ kind: 'text', text: '左' }], right: [{ kind: 'text', text: '右' }] },
      { kind: 'unknown', text: '?' },
    ],
  },
};

test('what is kept comes back as it was, without what nobody knows', () => {
  const body = toBody(toMessage(kept));
  expect(body.blocks).toEqual({ ...kept.blocks, blocks: kept.blocks.blocks.slice(0, 2) });
  expect(body.source).toBeUndefined();
});

test('a message without blocks is its source', () => {
  const body = toBody(toMessage({ ...kept, blocks: null }));
  expect([body.source, body.blocks]).toEqual(['<mjml/>', undefined]);
});

test('a block moves by one place and stays within', () => {
  const [one, two] = [newBlock('text'), newBlock('button')];
  expect(moved([one, two], 0, 1)).toEqual([two, one]);
  expect(moved([one, two], 0, -1)).toEqual([one, two]);
  expect(moved([one, two], 1, 1)).toEqual([one, two]);
});
