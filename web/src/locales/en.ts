/** English, equal in facts: a key that Chinese has and English lacks does not compile. */
import account from './en/account.json';
import analyze from './en/analyze.json';
import collect from './en/collect.json';
import common from './en/common.json';
import customers from './en/customers.json';
import frame from './en/frame.json';
import govern from './en/govern.json';
import ownPage from './en/own-page.json';
import resolve from './en/resolve.json';
import settings from './en/settings.json';
import signIn from './en/sign-in.json';
import templates from './en/templates.json';
import today from './en/today.json';
import type { Resources } from './zh-cn';

export const en = {
  account,
  analyze,
  collect,
  common,
  customers,
  frame,
  govern,
  ownPage,
  resolve,
  settings,
  signIn,
  templates,
  today,
} satisfies Resources;
