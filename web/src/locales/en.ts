/** English, equal in facts: a key that Chinese has and English lacks does not compile. */
import account from './en/account.json';
import analyze from './en/analyze.json';
import behavior from './en/behavior.json';
import campaigns from './en/campaigns.json';
import channels from './en/channels.json';
import collect from './en/collect.json';
import common from './en/common.json';
import customers from './en/customers.json';
import dashboards from './en/dashboards.json';
import frame from './en/frame.json';
import govern from './en/govern.json';
import interviews from './en/interviews.json';
import lifecycle from './en/lifecycle.json';
import offers from './en/offers.json';
import ownPage from './en/own-page.json';
import resolve from './en/resolve.json';
import rfm from './en/rfm.json';
import segments from './en/segments.json';
import settings from './en/settings.json';
import signIn from './en/sign-in.json';
import surveys from './en/surveys.json';
import tasks from './en/tasks.json';
import templates from './en/templates.json';
import today from './en/today.json';
import traits from './en/traits.json';
import type { Resources } from './zh-cn';

export const en = {
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
} satisfies Resources;
