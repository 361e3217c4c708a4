/**
 * The look of Kehu in one place: colours and type. `antd-theme.ts` makes the Ant Design themes of them.
 * Every text colour here reaches 4.5:1 on every surface it may stand on, in both modes;
 * whoever changes one, measures again. Components read `--k-*` variables, never a hex value.
 */

export type Mode = 'light' | 'dark';

/** The ground and the text of a person's disc; six, chosen by the person's id. */
export const avatarHues = {
  light: [
    ['#E3EAFB', '#2C4FA8'],
    ['#F6E7CF', '#7A4A00'],
    ['#DDF0EB', '#0B6150'],
    ['#F4E1EA', '#7A1A48'],
    ['#EFE3F6', '#6A3690'],
    ['#DDEAF1', '#1E5170'],
  ],
  dark: [
    ['#2A3860', '#B4C7FB'],
    ['#46361A', '#EDC683'],
    ['#1B3E36', '#7FDCC3'],
    ['#46293A', '#E3AFC9'],
    ['#3B2C4B', '#D3B2EB'],
    ['#1E3947', '#A3D2EA'],
  ],
} as const;

/** Surfaces and inks, then one family (solid, tint, text on tint) for each meaning. */
export const palette = {
  light: {
    layout: '#F5F6F8',
    surface: '#FFFFFF',
    raised: '#FFFFFF',
    sunken: '#F8F9FB',
    hover: '#F3F5F8',
    selected: '#EEF2FC',
    line: '#E4E7EC',
    lineSoft: '#EEF0F3',
    lineStrong: '#CDD3DC',
    ink: '#1A2230',
    ink2: '#4A5465',
    ink3: '#626C7C',
    inkDisabled: '#8A93A2',
    primary: '#2C55C2',
    primaryHover: '#3E69D8',
    primaryTint: '#EBF0FC',
    primaryText: '#2C55C2',
    success: '#0A7557',
    successTint: '#E6F4EE',
    successText: '#0A7557',
    warning: '#C77B0A',
    warningTint: '#FDF3E0',
    warningText: '#8A5200',
    error: '#C0342B',
    errorTint: '#FCECEA',
    errorText: '#B42F27',
    gold: '#B98A12',
    goldTint: '#FBF3DC',
    goldText: '#7A5600',
    neutralTint: '#EEF0F4',
    shadowFloat: '0 8px 28px rgba(20,28,44,.12), 0 1px 3px rgba(20,28,44,.08)',
  },
  dark: {
    layout: '#12151B',
    surface: '#191D25',
    raised: '#20252F',
    sunken: '#161A21',
    hover: '#222833',
    selected: '#232D47',
    line: '#2C323D',
    lineSoft: '#242A34',
    lineStrong: '#424A58',
    ink: '#E7EAF0',
    ink2: '#B3BBC8',
    ink3: '#929CAC',
    inkDisabled: '#6A7484',
    primary: '#3F68D9',
    primaryHover: '#4870DC',
    primaryTint: '#222D49',
    primaryText: '#8EACF8',
    success: '#2FA583',
    successTint: '#17332C',
    successText: '#4FC3A1',
    warning: '#D2942F',
    warningTint: '#38290F',
    warningText: '#E5AC52',
    error: '#E0665B',
    errorTint: '#3E211F',
    errorText: '#F49A91',
    gold: '#D9AE3C',
    goldTint: '#352B12',
    goldText: '#E2B94B',
    neutralTint: '#262C36',
    shadowFloat: '0 10px 32px rgba(0,0,0,.5), 0 0 0 1px rgba(255,255,255,.05)',
  },
} as const;

/** Categorical series, in this order; at most six, the rest is 其他 in `chartOther`. Told apart by every kind of colour vision. */
export const chartSeries = {
  light: ['#2F5BD0', '#C47A12', '#2E8F7E', '#7A1A48', '#B56FD6', '#235B7A'],
  dark: ['#7395F2', '#EDB45E', '#45D9C4', '#C58AA8', '#A9DCF7', '#9D56BD'],
} as const;
export const chartOther = { light: '#8A93A2', dark: '#6A7484' } as const;

/** Ordered values, low to high; and deviation, bad to good. Never red against green. */
export const chartSequential = {
  light: ['#E3EAFB', '#B9CAF5', '#8AA6EC', '#4870D6', '#2F5BD0', '#1E3F97'],
  dark: ['#222D49', '#2B3F73', '#375399', '#4364B5', '#7395F2', '#AFC2FA'],
} as const;
export const chartDiverging = {
  light: ['#9A5B00', '#D29A4A', '#EFD9B4', '#EEF0F4', '#BACBF4', '#6E90E4', '#2C55C2'],
  dark: ['#EDB45E', '#A87B38', '#574528', '#2C323D', '#2F4375', '#4F70C4', '#8EACF8'],
} as const;

/** Only 400 and 600: Chinese system fonts on Windows carry no weight between regular and bold. */
export const font = {
  sans: `-apple-system, BlinkMacSystemFont, "Segoe UI", "PingFang SC", "Microsoft YaHei UI", "Microsoft YaHei", "HarmonyOS Sans SC", "Noto Sans CJK SC", "Noto Sans SC", sans-serif`,
  mono: `ui-monospace, "SF Mono", "Cascadia Mono", Consolas, "Noto Sans Mono CJK SC", monospace`,
} as const;

/** The variables that `:root[data-mode]` carries: `--k-ink`, `--k-line-soft`, … */
export function cssVariables(mode: Mode): Record<string, string> {
  const colors = Object.entries(palette[mode]).map(([name, value]) => [
    `--k-${name.replace(/[A-Z]|\d/g, (c) => `-${c.toLowerCase()}`)}`,
    value,
  ]);
  const hues = avatarHues[mode].flatMap(([ground, text], hue) => [
    [`--k-hue-${hue}`, ground],
    [`--k-hue-${hue}-text`, text],
  ]);
  const series = chartSeries[mode].map((value, i) => [`--k-series-${i + 1}`, value]);
  return Object.fromEntries([...colors, ...hues, ...series]);
}

/** Both modes as one sheet; `data-mode` on the root decides, so that switching repaints and renders nothing. */
export function tokenSheet(): string {
  const block = (mode: Mode) =>
    Object.entries(cssVariables(mode))
      .map(([name, value]) => `${name}:${value}`)
      .join(';');
  const fonts = `--k-sans:${font.sans};--k-mono:${font.mono}`;
  return `:root{${block('light')};${fonts}}:root[data-mode=dark]{${block('dark')}}`;
}
