/** Chinese, the first language: its keys are the keys. One line a feature here, and the same in `en.ts`. */
import account from './zh-CN/account.json';
import analyze from './zh-CN/analyze.json';
import behavior from './zh-CN/behavior.json';
import campaigns from './zh-CN/campaigns.json';
import channels from './zh-CN/channels.json';
import collect from './zh-CN/collect.json';
import common from './zh-CN/common.json';
import customers from './zh-CN/customers.json';
import dashboards from './zh-CN/dashboards.json';
import frame from './zh-CN/frame.json';
import govern from './zh-CN/govern.json';
import interviews from './zh-CN/interviews.json';
import lifecycle from './zh-CN/lifecycle.json';
import offers from './zh-CN/offers.json';
import ownPage from './zh-CN/own-page.json';
import resolve from './zh-CN/resolve.json';
import rfm from './zh-CN/rfm.json';
import segments from './zh-CN/segments.json';
import settings from './zh-CN/settings.json';
import signIn from './zh-CN/sign-in.json';
import surveys from './zh-CN/surveys.json';
import tasks from './zh-CN/tasks.json';
import templates from './zh-CN/templates.json';
import today from './zh-CN/today.json';
import traits from './zh-CN/traits.json';

export const zhCn = {
  account,
  analyze,
  behavior,
  campaigns,
  channels,
  collect,
  common,
  customers,
  dashboards,
  frame,
  govern,
  interviews,
  lifecycle,
  offers,
  ownPage,
  resolve,
  rfm,
  segments,
  settings,
  signIn,
  surveys,
  tasks,
  templates,
  today,
  traits,
};
export type Resources = typeof zhCn;
