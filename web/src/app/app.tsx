/** What every page stands in: theme, cache, keys, router. */
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect } from 'react';
import { ThemeProvider } from '@/components/theme/theme-provider';
import { queryClient } from '@/lib/http/query-client';
import { startShortcuts } from '@/lib/keyboard/shortcuts';
import { router } from './router';

export function KehuApp() {
  useEffect(startShortcuts, []);
  return (
    <QueryClientProvider client={queryClient}>
      <ThemeProvider>
        <RouterProvider router={router} />
      </ThemeProvider>
    </QueryClientProvider>
  );
}
