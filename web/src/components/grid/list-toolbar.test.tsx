import { act, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SearchBox } from './list-toolbar';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

let settle: (text: string) => void = () => undefined;

/** A page that takes its time to follow what it is told. */
function SlowPage({ onTold }: { onTold: (text: string) => void }) {
  const [value, setValue] = useState('');
  settle = setValue;
  return <SearchBox value={value} placeholder="search" onChange={onTold} />;
}

const type = (text: string) => {
  fireEvent.change(screen.getByRole('textbox'), { target: { value: text } });
  act(() => vi.advanceTimersByTime(300));
};
const shown = () => screen.getByRole<HTMLInputElement>('textbox').value;

test('what is typed while the page still follows an earlier word stays', () => {
  const onTold = vi.fn();
  render(<SlowPage onTold={onTold} />);

  type('沈');
  type('沈静');
  act(() => settle('沈'));
  expect(shown()).toBe('沈静');
  act(() => settle('沈静'));

  expect(shown()).toBe('沈静');
  expect(onTold.mock.calls).toEqual([['沈'], ['沈静']]);
});

test('a word from elsewhere takes its place', () => {
  render(<SlowPage onTold={vi.fn()} />);

  type('沈');
  act(() => settle('沈'));
  act(() => settle(''));

  expect(shown()).toBe('');
});
