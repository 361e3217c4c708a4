/** Puts the tokens into the page and into Ant Design, follows light, dark and system, and speaks the reader's language. */
import { App, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { type ReactNode, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { toLanguage } from '@/lib/language';
import { useMedia } from '@/lib/media';
import { usePaper } from '@/lib/paper';
import { usePreferences } from '@/lib/preferences';
import { antdTheme } from './antd-theme';
import { type Mode, tokenSheet } from './tokens';
import './global.css';
import 'dayjs/locale/zh-cn';

/** Once, before the first render. */
export function installTokens(): void {
  const style = document.createElement('style');
  style.dataset.kehu = 'tokens';
  style.textContent = tokenSheet();
  document.head.prepend(style);
}

export function useMode(): Mode {
  const { appearance } = usePreferences();
  const prefersDark = useMedia('(prefers-color-scheme: dark)');
  const isOnPaper = usePaper();
  if (isOnPaper) return 'light';
  if (appearance !== 'system') return appearance;
  return prefersDark ? 'dark' : 'light';
}

export function ThemeProvider({ children }: { children: ReactNode }) {
  const mode = useMode();
  const { i18n } = useTranslation();
  const calm = useMedia('(prefers-reduced-motion: reduce)');
  const theme = useMemo(() => {
    const made = antdTheme(mode);
    return { ...made, token: { ...made.token, motion: !calm } };
  }, [mode, calm]);
  useEffect(() => {
    document.documentElement.dataset.mode = mode;
  }, [mode]);
  return (
    <ConfigProvider
      theme={theme}
      locale={toLanguage(i18n.language) === 'en' ? enUS : zhCN}
      button={{ autoInsertSpace: false }}
    >
      <App component={false} message={{ maxCount: 2, top: 60 }}>
        {children}
      </App>
    </ConfigProvider>
  );
}
