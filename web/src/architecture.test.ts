/** What imports and reviews cannot hold by themselves: layers, sizes, and two languages with the same keys. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';

const root = join(process.cwd(), 'src');
const LAYERS = ['app', 'features', 'components', 'lib', 'api'];
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('api/generated'))
  .map((name) => ({ name, text: readFileSync(join(root, name), 'utf8') }));

/** The files of `src` that a file imports, as paths below `src`. */
function importsOf({ name, text }: (typeof files)[number]): string[] {
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].flatMap(([, target = '']) => {
    if (target.startsWith('@/')) return [target.slice(2)];
    return target.startsWith('.') ? [relative(root, join(root, name, '..', target))] : [];
  });
}

test('app, features, components, lib, api: each imports only what stands below it', () => {
  const wrong = files.flatMap((file) => {
    const own = LAYERS.indexOf(file.name.split('/')[0] ?? '');
    if (own < 0) return [];
    return importsOf(file)
      .filter((target) => {
        const other = LAYERS.indexOf(target.split('/')[0] ?? '');
        return other >= 0 && other < own;
      })
      .map((target) => `${file.name} imports ${target}`);
  });
  expect(wrong).toEqual([]);
});

test('features never import each other', () => {
  const wrong = files.flatMap((file) => {
    const [layer, feature] = file.name.split('/');
    if (layer !== 'features') return [];
    return importsOf(file)
      .filter((target) => target.startsWith('features/') && target.split('/')[1] !== feature)
      .map((target) => `${file.name} imports ${target}`);
  });
  expect(wrong).toEqual([]);
});

test('a file has at most 250 lines', () => {
  expect(files.filter(({ text }) => text.split('\n').length > 251).map(({ name }) => name)).toEqual([]);
});

function keysOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [path.replace(/_(one|other)$/, '')];
  return Object.entries(value).flatMap(([key, inner]) => keysOf(inner, path ? `${path}.${key}` : key));
}

test('both languages have the same keys', () => {
  const names = readdirSync(join(root, 'locales/zh-CN'));
  expect(readdirSync(join(root, 'locales/en'))).toEqual(names);
  const read = (language: string, name: string): unknown =>
    JSON.parse(readFileSync(join(root, 'locales', language, name), 'utf8'));
  for (const name of names) {
    const [zh, en] = [keysOf(read('zh-CN', name)), keysOf(read('en', name))].map((keys) =>
      [...new Set(keys)].sort(),
    );
    expect(en, name).toEqual(zh);
  }
});
