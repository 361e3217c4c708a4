/** What one block says. Columns hold blocks of their own, without columns in them. */
import { DeleteOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { VariableOut } from '@/api/generated/types.gen';
import { Field } from '@/components/form/field';
import { type Block, newBlock, type PartKind, type TextName, textsOf } from './message';
import styles from './templates.module.css';
import { VariableText } from './variable-text';

interface BlockFieldsProps {
  block: Block;
  variables: readonly VariableOut[];
  onChange: (block: Block) => void;
}

const ADDRESSES: ReadonlySet<TextName> = new Set(['src', 'href']);
const sideParts: readonly PartKind[] = ['text', 'image', 'button'];

function Side({ name, block, variables, onChange }: BlockFieldsProps & { name: 'left' | 'right' }) {
  const { t } = useTranslation('templates');
  const parts = block[name];
  const put = (next: readonly Block[]) => onChange({ ...block, [name]: next });
  return (
    <fieldset className={styles.side}>
      <legend>{t(`sides.${name}`)}</legend>
      {parts.map((part) => (
        <div key={part.id} className={styles.part}>
          <div className={styles.partBody}>
            <BlockFields
              block={part}
              variables={variables}
              onChange={(next) => put(parts.map((one) => (one.id === part.id ? next : one)))}
            />
          </div>
          <Button
            type="text"
            size="small"
            icon={<DeleteOutlined />}
            aria-label={t('removeBlock', { kind: t(`kinds.${part.kind}`) })}
            onClick={() => put(parts.filter((one) => one.id !== part.id))}
          />
        </div>
      ))}
      <div className="k-row k-wrap">
        {sideParts.map((kind) => (
          <Button key={kind} size="small" type="dashed" onClick={() => put([...parts, newBlock(kind)])}>
            {t('addOne', { kind: t(`kinds.${kind}`) })}
          </Button>
        ))}
      </div>
    </fieldset>
  );
}

export function BlockFields({ block, variables, onChange }: BlockFieldsProps) {
  const { t } = useTranslation('templates');
  if (block.kind === 'columns') {
    return (
      <div className={styles.sides}>
        <Side name="left" block={block} variables={variables} onChange={onChange} />
        <Side name="right" block={block} variables={variables} onChange={onChange} />
      </div>
    );
  }
  return (
    <>
      {textsOf[block.kind].map((name) =>
        ADDRESSES.has(name) ? (
          <Field key={name} label={t(`texts.${name}`)} isOptional={block.kind === 'image' && name === 'href'}>
            {({ status, ...control }) => (
              <Input
                {...control}
                status={status}
                placeholder="https://"
                value={block[name]}
                maxLength={1000}
                onChange={(event) => onChange({ ...block, [name]: event.target.value.trim() })}
              />
            )}
          </Field>
        ) : (
          <VariableText
            key={name}
            label={t(`texts.${name}`)}
            {...(block.kind === 'text' ? { hint: t('textHint') } : {})}
            {...(block.kind === 'footer' ? { hint: t('footerHint') } : {})}
            value={block[name]}
            variables={variables}
            isLine={name !== 'text' || block.kind === 'headline' || block.kind === 'button'}
            onChange={(text) => onChange({ ...block, [name]: text })}
          />
        ),
      )}
    </>
  );
}
