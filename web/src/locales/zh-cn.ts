/** Chinese, the first language: its keys are the keys. One line a feature here, and the same in `en.ts`. */
import account from './zh-CN/account.json';
import analyze from './zh-CN/analyze.json';
import collect from './zh-CN/collect.json';
import common from './zh-CN/common.json';
import customers from './zh-CN/customers.json';
import frame from './zh-CN/frame.json';
import govern from './zh-CN/govern.json';
import ownPage from './zh-CN/own-page.json';
import resolve from './zh-CN/resolve.json';
import settings from './zh-CN/settings.json';
import signIn from './zh-CN/sign-in.json';
import templates from './zh-CN/templates.json';
import today from './zh-CN/today.json';

export const zhCn = {
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
};
export type Resources = typeof zhCn;
