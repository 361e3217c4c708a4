/** A definition while it is built: a tree of groups, some conditions not complete yet; to its JSON and back. */
import type { VocabularyOut } from '@/api/generated/types.gen';
import { type Book, type GroupDraft, type Json, newField, newGroup, nextId } from './builder/kinds';
import { isJson, node } from './builder/reading';
import { conditionJson, conditionsOf, groupJson, isEmpty, type Places } from './builder/writing';

/** The outermost group, and the zone in which days are days where the definition says one. */
export interface Draft extends GroupDraft {
  zone?: string | undefined;
}

/** A definition that asks nothing yet, with a row to begin in, or one that asks for a list. */
export const emptyDraft = (list?: number): Draft =>
  newGroup([newGroup([list === undefined ? newField() : { id: nextId(), kind: 'list', list }])]);

export function bookOf(vocabulary: VocabularyOut): Book {
  return {
    fields: new Map(vocabulary.fields.map((field) => [field.key, field])),
    traits: new Map(vocabulary.traits.map((trait) => [trait.key, trait])),
    operators: new Map(vocabulary.operators.map((operator) => [operator.key, operator])),
    isRelated: Object.keys(vocabulary.relationships).length > 0,
  };
}

function written(draft: Draft, book: Book): { json: Json; places: Places } {
  const places: Places = new Map();
  const zone = draft.zone === undefined ? {} : { zone: draft.zone };
  const tree = isEmpty(draft, book) ? { all: [] } : groupJson(draft, book, '', places);
  return { json: { ...tree, ...zone }, places };
}

/** What is complete, as the server takes it. Nothing complete is everybody. */
export const toDefinition = (draft: Draft, book: Book): Json => written(draft, book).json;

/** Where each part stands in the JSON, as the server names it; what is not complete stands nowhere. */
export const placesOf = (draft: Draft, book: Book): Places => written(draft, book).places;

/** What a definition is built of; `undefined` for a shape that the builder cannot show, such as an empty group within it. */
export function fromDefinition(json: unknown, book: Book): Draft | undefined {
  if (!isJson(json)) return undefined;
  const { zone, ...tree } = json;
  if (zone !== undefined && typeof zone !== 'string') return undefined;
  const isEverybody = Array.isArray(tree.all) && tree.all.length === 0 && Object.keys(tree).length === 1;
  if (isEverybody) return { ...emptyDraft(), zone };
  const found = node(tree, book);
  if (!found) return undefined;
  if (found.kind !== 'group') return { ...newGroup([newGroup([found])]), zone };
  if (!found.parts.some((part) => part.kind === 'group')) return { ...newGroup([found]), zone };
  return { ...found, parts: inGroups(found), zone };
}

/** The parts of the outermost group as groups: conditions that stand among them come to a group of their own. */
function inGroups({ mode, parts }: GroupDraft): readonly GroupDraft[] {
  const groups: GroupDraft[] = [];
  let isOpen = false;
  for (const part of parts) {
    const last = isOpen ? groups.pop() : undefined;
    isOpen = part.kind !== 'group';
    if (part.kind === 'group') {
      groups.push(...(last ? [last] : []), part);
    } else {
      groups.push(
        last
          ? { ...last, parts: [...last.parts, part] }
          : { ...newGroup([part]), mode: mode === 'all' ? 'all' : 'any' },
      );
    }
  }
  return groups;
}

/** How many conditions are not complete. */
export const incomplete = (draft: Draft, book: Book): number =>
  conditionsOf(draft).filter((one) => !conditionJson(one, book)).length;

/** The part at a place that the server names, such as `all[1].any[0].value`: the innermost that holds it. */
export function partAt(draft: Draft, book: Book, path: string): number | undefined {
  const found = [...written(draft, book).places].filter(
    ([place]) => path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`),
  );
  return found.sort(([one], [other]) => other.length - one.length)[0]?.[1];
}
