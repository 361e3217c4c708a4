// Sets mode and language before the first paint, so that neither flashes. Loaded as a file: the policy allows no inline script.
(() => {
  const root = document.documentElement;
  let chosen = {};
  try {
    chosen = JSON.parse(localStorage.getItem('kehu.preferences') ?? '{}') ?? {};
  } catch {
    chosen = {};
  }
  const prefersDark = matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.mode =
    chosen.appearance === 'dark' || (chosen.appearance !== 'light' && prefersDark) ? 'dark' : 'light';
  root.lang = chosen.language === 'en' ? 'en' : 'zh-CN';
})();
