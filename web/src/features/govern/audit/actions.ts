/** The actions that have a sentence, and which sentence an entry takes. An unknown action is shown by its key. */
import type { AuditEventOut } from '@/api/generated/types.gen';
import type { Resources } from '@/locales/zh-cn';

type Sentence = keyof Resources['govern']['audit']['sentences'];
export type ActionName = keyof Resources['govern']['audit']['actions'];

/** In the order of the choice; the key of a sentence and of a name is the action's, with `_` for its dot. */
export const actions = [
  'sign_in',
  'refused',
  'customer.reveal',
  'customer.lookup',
  'customer.create',
  'customer.correct',
  'customer.contact',
  'customer.offer',
  'customer.tag',
  'customer.untag',
  'tag.create',
  'tag.change',
  'tag.archive',
  'customer.check',
  'customer.recompute',
  'customer.export',
  'customer.erase',
  'relationship.create',
  'relationship.end',
  'review.same',
  'review.different',
  'review.reopen',
  'identifier_kind.change',
  'blocked_value.add',
  'blocked_value.remove',
  'import.start',
  'import.batch',
  'import.tried',
  'import.succeeded',
  'import.failed',
  'import.cancelled',
  'import.resume',
  'import.revert',
  'import.read_again',
  'import.save_mapping',
  'event.replayed',
  'event.dropped',
  'source.create',
  'source.update',
  'source.renew_key',
  'user.create',
  'user.change',
  'user.grant',
  'user.revoke',
  'user.password',
  'user.disable',
  'user.enable',
  'token.create',
  'token.revoke',
  'role.create',
  'role.change',
  'unit.create',
  'unit.rename',
  'field.create',
  'field.change',
  'field.add_pack',
  'field.seal',
  'offer.create',
  'offer.change',
  'purpose.create',
  'purpose.change',
  'purpose.publish',
  'consent.given',
  'consent.refused',
  'consent.withdrawn',
  'consent.objected',
  'consent.lifted',
  'consent.take',
  'consent.link',
  'consent.reconcile',
  'approval.approved',
  'approval.rejected',
  'segment.create',
  'segment.change',
  'segment.archive',
  'segment.export',
  'list.create',
  'list.change',
  'list.archive',
  'trait.create',
  'trait.change',
  'model.create',
  'model.change',
  'funnel.export',
  'retention.export',
  'dashboard.export',
  'campaign.create',
  'campaign.change',
  'campaign.submit',
  'campaign.start',
  'campaign.pause',
  'campaign.stop',
  'template.create',
  'template.change',
  'template.preview',
  'template.test',
  'channel.create',
  'channel.change',
  'dead_letter.send',
  'suppression.add',
  'suppression.remove',
  'suppression.import',
  'suppression.export',
  'sink_mail.read',
  'survey.create',
  'survey.change',
  'survey.publish',
  'survey.close',
  'survey.invite',
  'survey.links',
  'survey.export',
  'survey.import',
  'survey.upload.open',
  'survey.consent_not_taken',
  'interview.guide',
  'interview.record',
  'interview.export',
  'task.open',
  'task.change',
  'task.done',
  'seal.broken',
  'board.create',
  'board.change',
  'board.delete',
  'view.create',
  'view.change',
  'view.delete',
  'access.explain',
  'audit.read',
  'audit.export',
  'keys.add',
  'keys.retire',
  'backup.make',
  'backup.restore',
  'housekeeping',
] as const;

type Known = (typeof actions)[number];
const known = new Set<string>(actions);
const isKnown = (action: string): action is Known => known.has(action);

export function nameKey(action: string): ActionName | undefined {
  return isKnown(action) ? (action.replaceAll('.', '_') as ActionName) : undefined;
}

type Facts = Pick<AuditEventOut, 'action' | 'decision' | 'details' | 'fields'>;

function detailed({ action, decision, details, fields }: Facts): Sentence | undefined {
  if (action === 'sign_in' && decision === 'refused') {
    return details.why === 'locked' ? 'sign_in_locked' : 'sign_in_password';
  }
  if (action === 'sign_in' && details.by === 'passkey') return 'sign_in_passkey';
  if (action === 'sign_in' && details.by === 'provider') return 'sign_in_provider';
  if (action === 'import.start' && details.dry_run === true) return 'import_start_trial';
  if (action === 'import.batch' && typeof details.accepted !== 'number') return 'import_batch_plain';
  if (action === 'import.revert' && typeof details.removed !== 'number') return 'import_revert_plain';
  if (action === 'customer.lookup')
    return details.found === true ? 'customer_lookup' : 'customer_lookup_none';
  if (action === 'access.explain') return details.can_see === true ? 'access_explain' : 'access_explain_not';
  if (action === 'field.change' && details.recompute) return 'field_change_recompute';
  if (action === 'blocked_value.add' && details.kind === '*') return 'blocked_value_add_any';
  if (action === 'blocked_value.remove' && details.kind === '*') return 'blocked_value_remove_any';
  if (action === 'field.change' && details.sealing) return 'field_change_seal';
  if (action === 'view.change' && details.is_shared === true) return 'view_change_shared';
  if (action === 'customer.correct' && fields.length === 0) return 'customer_correct_plain';
  return undefined;
}

/** The sentence of an entry; undefined where its action is not known. */
export function sentenceKey(facts: Facts): Sentence | undefined {
  if (!isKnown(facts.action)) return undefined;
  return detailed(facts) ?? (facts.action.replaceAll('.', '_') as Sentence);
}
