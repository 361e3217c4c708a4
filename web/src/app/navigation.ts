/**
 * Every page that has a place in the rail, in one list. A page is shown once the router knows its path
 * and the reader holds one of its rights; a group is shown when one of its pages is.
 * To add a page: a line here, its route in `routes/`, its names in `locales/<language>/frame.json`.
 */
import {
  CheckSquareOutlined,
  HomeOutlined,
  InboxOutlined,
  LineChartOutlined,
  MergeCellsOutlined,
  SafetyCertificateOutlined,
  SendOutlined,
  SettingOutlined,
  TeamOutlined,
} from '@ant-design/icons';
import type { ComponentType } from 'react';
import type { Permission } from '@/lib/session/permissions';
import type { Resources } from '@/locales/zh-cn';
import { type PageCount, reviewCount } from './counts';

export type PageKey = keyof Resources['frame']['pages'];
export type GroupKey = keyof Resources['frame']['groups'];

export interface NavPage {
  key: PageKey;
  path: string;
  /** Any one of these opens the page; none: everybody's. */
  permissions?: readonly Permission[];
  /** After `G`. */
  letter?: string;
  /** Open work, shown at the page and summed at its closed group. */
  count?: PageCount;
  icon?: ComponentType;
}

export interface NavGroup {
  key: GroupKey;
  icon: ComponentType;
  pages: readonly NavPage[];
}

/** Everyone starts here. */
export const startPages: readonly NavPage[] = [
  { key: 'today', path: '/today', letter: 't', icon: HomeOutlined },
  { key: 'customers', path: '/customers', permissions: ['customer.read'], letter: 'c', icon: TeamOutlined },
];

/** The pipeline of the product, in its order. */
export const groups: readonly NavGroup[] = [
  {
    key: 'collect',
    icon: InboxOutlined,
    pages: [
      { key: 'sources', path: '/collect/sources', permissions: ['source.manage'] },
      { key: 'imports', path: '/collect/imports', permissions: ['import.run'], letter: 'i' },
      { key: 'events', path: '/collect/events', permissions: ['event.inspect'] },
      { key: 'quarantine', path: '/collect/quarantine', permissions: ['event.inspect'] },
    ],
  },
  {
    key: 'resolve',
    icon: MergeCellsOutlined,
    pages: [
      {
        key: 'review',
        path: '/resolve/review',
        permissions: ['review.decide'],
        letter: 'r',
        count: reviewCount,
      },
      { key: 'matching', path: '/resolve/matching', permissions: ['match.manage', 'review.decide'] },
    ],
  },
  {
    key: 'analyze',
    icon: LineChartOutlined,
    pages: [
      { key: 'segments', path: '/analyze/segments', permissions: ['segment.read'], letter: 's' },
      { key: 'traits', path: '/analyze/traits', permissions: ['segment.read'] },
      { key: 'behavior', path: '/analyze/behavior', permissions: ['segment.read'] },
      { key: 'lifecycle', path: '/analyze/lifecycle', permissions: ['segment.read'] },
      { key: 'value', path: '/analyze/value', permissions: ['segment.read'] },
      { key: 'dashboards', path: '/analyze/dashboards', permissions: ['dashboard.read'], letter: 'd' },
    ],
  },
  {
    key: 'relate',
    icon: CheckSquareOutlined,
    pages: [{ key: 'tasks', path: '/relate/tasks', permissions: ['task.work'] }],
  },
  {
    key: 'engage',
    icon: SendOutlined,
    pages: [
      { key: 'campaigns', path: '/engage/campaigns', permissions: ['campaign.read'], letter: 'e' },
      { key: 'offers', path: '/engage/offers', permissions: ['offer.read'], letter: 'o' },
      { key: 'surveys', path: '/engage/surveys', permissions: ['survey.read'] },
      { key: 'interviews', path: '/engage/interviews', permissions: ['survey.read'] },
      { key: 'templates', path: '/engage/templates', permissions: ['template.manage'] },
      { key: 'channels', path: '/engage/channels', permissions: ['channel.manage'] },
      { key: 'suppressions', path: '/engage/suppressions', permissions: ['channel.manage'] },
      { key: 'mailbox', path: '/engage/mailbox', permissions: ['channel.manage'] },
    ],
  },
  {
    key: 'govern',
    icon: SafetyCertificateOutlined,
    pages: [
      {
        key: 'purposes',
        path: '/govern/purposes',
        permissions: ['purpose.manage', 'consent.record'],
        letter: 'p',
      },
      { key: 'requests', path: '/govern/requests', permissions: ['customer.erase', 'customer.export'] },
      { key: 'audit', path: '/govern/audit', permissions: ['audit.read'], letter: 'a' },
    ],
  },
];

/** At the foot of the rail. */
export const settings: NavGroup = {
  key: 'settings',
  icon: SettingOutlined,
  pages: [
    { key: 'fields', path: '/settings/fields', permissions: ['field.manage'] },
    { key: 'users', path: '/settings/users', permissions: ['user.manage', 'role.manage'] },
    { key: 'units', path: '/settings/units', permissions: ['unit.manage'] },
    { key: 'access', path: '/settings/access', permissions: ['access.explain'] },
    { key: 'account', path: '/settings/account' },
  ],
};

const placed: readonly { page: NavPage; group: NavGroup | undefined }[] = [
  ...startPages.map((page) => ({ page, group: undefined })),
  ...[...groups, settings].flatMap((group) => group.pages.map((page) => ({ page, group }))),
];

/** The page to which an address belongs, its own or below it. */
export function placeOf(path: string): (typeof placed)[number] | undefined {
  return placed.find(({ page }) => path === page.path || path.startsWith(`${page.path}/`));
}

export const allPages: readonly NavPage[] = placed.map(({ page }) => page);
