import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { setPreferences } from '../preferences';
import { keyCaps } from './keys';
import { startShortcuts, useShortcut } from './shortcuts';

let stop: () => void;
beforeEach(() => {
  setPreferences({ hasSingleKeys: true });
  stop = startShortcuts();
});
afterEach(() => stop());

function Keys({ keys, onPress }: { keys: string; onPress: () => boolean | undefined }) {
  useShortcut({ keys, group: 'page', onPress });
  return <input aria-label="field" />;
}

test('a chord needs both of its keys', async () => {
  const press = vi.fn();
  render(<Keys keys="g t" onPress={press} />);
  await userEvent.keyboard('t');
  expect(press).not.toHaveBeenCalled();
  await userEvent.keyboard('gt');
  expect(press).toHaveBeenCalledOnce();
});

test('single letters rest while a field has the focus, Ctrl K does not', async () => {
  const [letter, search] = [vi.fn(), vi.fn()];
  render(<Keys keys="n" onPress={letter} />);
  render(<Keys keys="mod+k" onPress={search} />);
  const field = screen.getAllByLabelText('field')[0];
  field?.focus();
  await userEvent.keyboard('n{Control>}k{/Control}');
  expect(letter).not.toHaveBeenCalled();
  expect(search).toHaveBeenCalledOnce();
});

test('single letters can be switched off', async () => {
  const press = vi.fn();
  render(<Keys keys="n" onPress={press} />);
  setPreferences({ hasSingleKeys: false });
  await userEvent.keyboard('n');
  expect(press).not.toHaveBeenCalled();
});

test('who mounts last is asked first, and may pass it on', async () => {
  const order: string[] = [];
  const note = (name: string, answer?: boolean) => () => {
    order.push(name);
    return answer;
  };
  render(<Keys keys="x" onPress={note('page')} />);
  render(<Keys keys="x" onPress={note('list', false)} />);
  await userEvent.keyboard('x');
  expect(order).toEqual(['list', 'page']);
});

test('keys are shown as caps', () => {
  expect(keyCaps('g r')).toEqual(['G', 'R']);
  expect(keyCaps('mod+enter')).toEqual(['Ctrl', '↵']);
});
