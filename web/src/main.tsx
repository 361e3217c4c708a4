/** Loads the reader's language, puts the tokens in place, and starts the app. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { KehuApp } from './app/app';
import { installTokens } from './components/theme/theme-provider';
import { startLanguage } from './lib/i18n';

async function start(): Promise<void> {
  const root = document.getElementById('root');
  if (!root) return;
  installTokens();
  await startLanguage();
  createRoot(root).render(
    <StrictMode>
      <KehuApp />
    </StrictMode>,
  );
}

void start();
