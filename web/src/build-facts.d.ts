/** Set by the build, from package.json. */
declare const __KEHU_VERSION__: string;
