/** An entry of the timeline in words: one sentence, whatever the event's properties were called by its source. */
import {
  CustomerServiceOutlined,
  EditOutlined,
  FileTextOutlined,
  FormOutlined,
  GiftOutlined,
  MergeCellsOutlined,
  MessageOutlined,
  MobileOutlined,
  PhoneOutlined,
  SettingOutlined,
  ShopOutlined,
  SwapOutlined,
  UserAddOutlined,
} from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import type { Moment } from '@/api/generated/types.gen';
import type { TimelineEntry } from '@/components/customer/timeline';
import type { Format } from '@/lib/format/use-format';
import type { FieldBook } from '../field-book';
import type { MomentGroup } from './grouping';

type T = TFunction<['customers', 'common']>;
type Words = Pick<TimelineEntry, 'icon' | 'tone' | 'kind' | 'note' | 'text'>;

interface Tools {
  t: T;
  format: Format;
  book: FieldBook;
}

const plain = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';

/** The first of several names that holds a text; properties may lie below `properties.`. */
function pick(details: Moment['details'], ...names: readonly string[]): string {
  for (const name of names) {
    const found = plain(details[name]) || plain(details[`properties.${name}`]);
    if (found) return found;
  }
  return '';
}

function changeWords({ name, source, details, author }: Moment, { t, book }: Tools): Words {
  const keys = Array.isArray(details.fields) ? details.fields.map(String) : [];
  const fields = keys.map(book.labelOf).join(t('common:listComma'));
  const by = author || source || t('moment.kehu');
  if (name === 'created') {
    return { icon: <UserAddOutlined />, kind: t('moment.created'), text: t('moment.createdText', { by }) };
  }
  if (name === 'joined') {
    return { icon: <MergeCellsOutlined />, kind: t('moment.joined'), text: t('moment.joinedText', { by }) };
  }
  return {
    icon: <EditOutlined />,
    kind: t('moment.updated'),
    text: t(author ? 'moment.correctedText' : 'moment.updatedText', { by, fields, count: keys.length }),
  };
}

const contactIcons: Record<string, ReactNode> = {
  call: <PhoneOutlined />,
  visit: <ShopOutlined />,
  message: <MessageOutlined />,
  note: <FileTextOutlined />,
};
const contactKinds = ['call', 'visit', 'message', 'note'] as const;

const answers = ['interested', 'accepted', 'declined'] as const;
const refusals = ['no_need', 'elsewhere', 'terms', 'later', 'other'] as const;

/** What a customer said to an offer. */
function offerWords(
  { details, author }: Moment,
  { t, format }: Tools,
  answer: (typeof answers)[number],
): Words {
  const name = pick(details, format.language === 'en' ? 'offer_en' : 'offer_zh', 'offer');
  const because = refusals.find((one) => one === details.because);
  const said = [
    t(`offers.answers.${answer}`),
    because && t(`offers.reasons.${because}`),
    pick(details, 'text'),
  ];
  return {
    icon: <GiftOutlined />,
    tone: 'primary',
    kind: t('offers.title'),
    note: author || pick(details, 'author'),
    text: t('offers.moment', { name, said: said.filter(Boolean).join(t('common:comma')) }),
  };
}

const asked = new Set(['survey_answered', 'interview_held']);

/** A survey or an interview of ours: which one, and the scores it gave. */
function askedWords({ name, source, details }: Moment, { t }: Tools): Words {
  const kind = name === 'survey_answered' ? 'survey' : 'interview';
  const scores = (['nps', 'csat', 'ces'] as const).filter((key) => details[key] !== undefined);
  const words = t(`moment.${kind}Text`, { name: pick(details, 'survey', 'guide') });
  const record = pick(details, 'record');
  return {
    icon: <FormOutlined />,
    kind: t(`moment.${kind}`),
    note: source,
    text: (
      <>
        {record ? (
          <Link to="/engage/interviews/records/$recordId" params={{ recordId: record }} className="k-link">
            {words}
          </Link>
        ) : (
          words
        )}
        {scores.map((key) => (
          <span key={key} className="k-caption">
            　{`${key.toUpperCase()} ${pick(details, key)}`}
          </span>
        ))}
      </>
    ),
  };
}

function contactWords(moment: Moment, tools: Tools): Words {
  const { name, details, author } = moment;
  const { t } = tools;
  const answer = answers.find((one) => name === `offer_${one}`);
  if (answer) return offerWords(moment, tools, answer);
  const known = contactKinds.find((kind) => kind === name);
  return {
    icon: contactIcons[name] ?? <PhoneOutlined />,
    tone: 'primary',
    kind: known ? t(`contact.kinds.${known}`) : name,
    note: author || pick(details, 'author'),
    text: pick(details, 'text', 'content', '内容', 'summary') || name,
  };
}

function transactionWords(moment: Moment, { t, format }: Tools): Words {
  const { name, source, details } = moment;
  const amount = pick(details, 'amount', '金额');
  const currency = pick(details, 'currency', '币种') || 'CNY';
  const what = [
    pick(details, 'type', '交易类型') || name,
    amount && format.amountExact(amount, currency === '人民币' ? 'CNY' : currency),
  ].filter(Boolean);
  const rest = [pick(details, 'channel', '渠道'), pick(details, 'summary', '摘要')].filter(Boolean);
  return {
    icon: <SwapOutlined />,
    kind: t('timeline.kinds.transaction'),
    note: source,
    text: [what.join(' '), ...rest].join(t('common:comma')),
  };
}

function serviceWords({ name, source, details, at }: Moment, { t, format }: Tools): Words {
  const category = pick(details, 'category', '工单类别', '业务类型', 'topic') || name;
  const content = pick(details, 'content', '内容', 'text', 'summary');
  const ended = pick(details, 'resolved_at', '办结时间');
  const seconds = ended ? (new Date(ended).getTime() - new Date(at).getTime()) / 1000 : Number.NaN;
  return {
    icon: <CustomerServiceOutlined />,
    tone: category.includes('投诉') ? 'warning' : 'neutral',
    kind: t('timeline.kinds.service'),
    note: source,
    text: (
      <>
        {content ? t('moment.service', { category, content }) : category}
        {seconds > 0 && (
          <span className="k-caption"> {t('moment.resolved', { time: format.duration(seconds) })}</span>
        )}
      </>
    ),
  };
}

/** A property of an event in words, where it can be told what it means; empty where it cannot. */
function propertyWords(key: string, value: unknown, { t, format }: Tools): string {
  const text = plain(value);
  if (/^(context|integrations|type)\b/.test(key) || text.length > 60) return '';
  if (/amount|price|金额/i.test(key)) return format.amount(text);
  if (/seconds|duration|时长/i.test(key)) return t('moment.stayed', { time: format.duration(Number(text)) });
  return Number.isNaN(Number(text)) ? text : '';
}

/** Two properties at most, so that a page view stays one line. */
function behaviorWords({ name, source, details }: Moment, tools: Tools, times: number): Words {
  const shown = Object.entries(details)
    .map(([key, value]) => propertyWords(key, value, tools))
    .filter(Boolean)
    .slice(0, 2);
  return {
    icon: <MobileOutlined />,
    kind: source ?? name,
    text: (
      <>
        {times > 1 ? tools.t('moment.times', { name, count: times }) : name}
        {shown.length > 0 && <span className="k-caption">　{shown.join('　')}</span>}
      </>
    ),
  };
}

function wordsOf({ moment, times }: MomentGroup, tools: Tools): Words {
  switch (moment.kind) {
    case 'change':
      return changeWords(moment, tools);
    case 'interaction':
      return asked.has(moment.name) ? askedWords(moment, tools) : contactWords(moment, tools);
    case 'transaction':
      return transactionWords(moment, tools);
    case 'service':
      return serviceWords(moment, tools);
    case 'behavior':
      return behaviorWords(moment, tools, times);
    default:
      return {
        icon: <SettingOutlined />,
        kind: tools.t('moment.system'),
        note: moment.source,
        text: moment.name === 'identify' ? tools.t('moment.identified') : moment.name,
      };
  }
}

export function toEntry(group: MomentGroup, tools: Tools): TimelineEntry {
  return { id: group.moment.id, at: group.moment.at, ...wordsOf(group, tools) };
}
