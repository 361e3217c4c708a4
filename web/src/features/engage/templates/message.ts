/** A message as it is being written: blocks with ids to hold them by, or MJML; and how it is sent to the server. */
import type { MessageIn, MissingRule, TemplateDetails } from '@/api/generated/types.gen';

export const partKinds = ['headline', 'text', 'image', 'button', 'divider'] as const;
export const blockKinds = [...partKinds, 'columns', 'footer'] as const;
export type BlockKind = (typeof blockKinds)[number];
export type PartKind = (typeof partKinds)[number];
export type TextName = 'text' | 'eyebrow' | 'src' | 'alt' | 'href';

export interface Block {
  id: number;
  kind: BlockKind;
  text: string;
  eyebrow: string;
  src: string;
  alt: string;
  href: string;
  left: readonly Block[];
  right: readonly Block[];
}

export interface Message {
  subject: string;
  language: 'zh' | 'en';
  /** `source`: MJML by hand, which the blocks no longer show. */
  mode: 'blocks' | 'source';
  color: string;
  preview: string;
  blocks: readonly Block[];
  source: string;
  missing: Readonly<Record<string, MissingRule>>;
}

let last = 0;

export function newBlock(kind: BlockKind): Block {
  last += 1;
  const isColumns = kind === 'columns';
  return {
    id: last,
    kind,
    text: '',
    eyebrow: '',
    src: '',
    alt: '',
    href: '',
    left: isColumns ? [newBlock('text')] : [],
    right: isColumns ? [newBlock('text')] : [],
  };
}

/** What each kind says; the rest of a block is left out when it is sent. */
export const textsOf: Readonly<Record<BlockKind, readonly TextName[]>> = {
  headline: ['eyebrow', 'text'],
  text: ['text'],
  image: ['src', 'alt', 'href'],
  button: ['text', 'href'],
  divider: [],
  columns: [],
  footer: ['text'],
};

type Plain = Record<string, unknown>;

function toPlain(block: Block): Plain {
  const texts = Object.fromEntries(textsOf[block.kind].map((name) => [name, block[name]]));
  const sides =
    block.kind === 'columns' ? { left: block.left.map(toPlain), right: block.right.map(toPlain) } : {};
  return { kind: block.kind, ...texts, ...sides };
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null;
}

function toBlocks(value: unknown): Block[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isPlain).flatMap((one) => {
    const kind = blockKinds.find((known) => known === one.kind);
    if (!kind) return [];
    const said = (name: TextName) => (typeof one[name] === 'string' ? one[name] : '');
    const block = newBlock(kind);
    for (const name of textsOf[kind]) block[name] = said(name);
    return kind === 'columns' ? { ...block, left: toBlocks(one.left), right: toBlocks(one.right) } : block;
  });
}

export const DEFAULT_COLOR = '#1456b8';

/** What the server keeps or ships, ready to be written on. */
export function toMessage(
  kept: Pick<TemplateDetails, 'missing'> & {
    blocks?: Plain | null;
    subject: string;
    language: string;
    source?: string;
  },
): Message {
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return {
    subject: kept.subject,
    language: kept.language === 'en' ? 'en' : 'zh',
    mode: kept.blocks ? 'blocks' : 'source',
    color: text(kept.blocks?.color) || DEFAULT_COLOR,
    preview: text(kept.blocks?.preview),
    blocks: toBlocks(kept.blocks?.blocks),
    source: kept.source ?? '',
    missing: kept.missing,
  };
}

export function toBody(message: Message): MessageIn {
  const { subject, language, missing } = message;
  if (message.mode === 'source')
    return { subject, language, missing: { ...missing }, source: message.source };
  const { color, preview } = message;
  const blocks = { color, preview, blocks: message.blocks.map(toPlain) };
  return { subject, language, missing: { ...missing }, blocks };
}

/** Moves one block up or down; at the end it stays. */
export function moved(blocks: readonly Block[], place: number, by: -1 | 1): readonly Block[] {
  const to = place + by;
  const one = blocks[place];
  if (!one || to < 0 || to >= blocks.length) return blocks;
  return blocks.toSpliced(place, 1).toSpliced(to, 0, one);
}
