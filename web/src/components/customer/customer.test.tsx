import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { type ReactNode, Suspense } from 'react';
import { beforeAll, expect, test, vi } from 'vitest';
import { startLanguage } from '@/lib/i18n';
import { meQuery } from '@/lib/session/me';
import { ThemeProvider } from '../theme/theme-provider';
import { MaskedValue } from './masked-value';
import { ProvenanceField } from './provenance-field';

const me = {
  user: { id: 1, email: 'lin@bank.example', name: '林晓岚', language: 'zh-CN' },
  roles: [{ key: 'branch_head', label: '零售主管' }],
  unit: { id: 1, code: '1', name: '杭州分行' },
  permissions: [],
  scope: { label: '杭州分行' },
  organization: { name: '衡川银行' },
  reveals: { used: 3, limit: 20 },
};

beforeAll(() => startLanguage('zh-CN'));

function show(children: ReactNode, reveals = me.reveals) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  client.setQueryData(meQuery.queryKey, { ...me, reveals });
  vi.spyOn(client, 'invalidateQueries').mockResolvedValue();
  render(
    <QueryClientProvider client={client}>
      <ThemeProvider>
        <Suspense>{children}</Suspense>
      </ThemeProvider>
    </QueryClientProvider>,
  );
}

test('Enter on the source opens the story of a value', async () => {
  show(
    <ProvenanceField
      label="居住地址"
      value="杭州市"
      source="财富"
      mark="conflict"
      story={() => <p>来自财富管理</p>}
    />,
  );
  screen.getByRole('button', { name: '居住地址来自财富，来源不一致' }).focus();
  await userEvent.keyboard('{Enter}');
  expect(await screen.findByText('来自财富管理')).toBeTruthy();
});

test('a revealed value can be copied once and masks itself after a minute', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime });
  show(<MaskedValue label="手机号码" masked="138****1234" onReveal={() => Promise.resolve('13800001234')} />);
  await user.click(screen.getByRole('button', { name: '查看完整手机号码' }));
  await user.click(await screen.findByRole<HTMLButtonElement>('button', { name: '查看' }));
  expect(await screen.findByText('13800001234')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: '复制一次' }));
  expect(screen.queryByRole('button', { name: '复制一次' })).toBeNull();
  await act(() => vi.advanceTimersByTimeAsync(61_000));
  expect(screen.queryByText('13800001234')).toBeNull();
  expect(screen.getByText('138****1234')).toBeTruthy();
  vi.useRealTimers();
});

test('without the right there is no eye, and without views left no button', async () => {
  show(<MaskedValue label="证件号码" masked="4******26" deniedHint="客户经理可以查看" />);
  expect(screen.queryByRole('button')).toBeNull();
  show(<MaskedValue label="手机号码" masked="138****1234" onReveal={() => Promise.resolve('x')} />, {
    used: 20,
    limit: 20,
  });
  await userEvent.click(screen.getByRole('button', { name: '查看完整手机号码' }));
  const ask = await screen.findByRole<HTMLButtonElement>('button', { name: '查看' });
  expect(ask.disabled).toBe(true);
});
