/** The blocks of a message, from top to bottom, each to be moved, changed and removed; and what can be added. */
import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import type { VariableOut } from '@/api/generated/types.gen';
import { BlockFields } from './block-fields';
import { type Block, blockKinds, moved, newBlock } from './message';
import styles from './templates.module.css';

interface BlockListProps {
  blocks: readonly Block[];
  variables: readonly VariableOut[];
  onChange: (blocks: readonly Block[]) => void;
}

export function BlockList({ blocks, variables, onChange }: BlockListProps) {
  const { t } = useTranslation('templates');
  const hasFooter = blocks.some(({ kind }) => kind === 'footer');
  const add = (kind: Block['kind']) => {
    const at = hasFooter && kind !== 'footer' && blocks.at(-1)?.kind === 'footer' ? -1 : blocks.length;
    onChange(blocks.toSpliced(at, 0, newBlock(kind)));
  };
  const items = blockKinds
    .filter((kind) => kind !== 'footer' || !hasFooter)
    .map((kind) => ({ key: kind, label: t(`kinds.${kind}`), onClick: () => add(kind) }));
  return (
    <>
      <ol className={styles.blocks}>
        {blocks.map((block, place) => {
          const kind = t(`kinds.${block.kind}`);
          return (
            <li key={block.id} className={styles.block}>
              <div className={styles.blockHead}>
                <span className="k-grow">{kind}</span>
                <Button
                  type="text"
                  size="small"
                  icon={<ArrowUpOutlined />}
                  disabled={place === 0}
                  aria-label={t('moveUp', { kind })}
                  onClick={() => onChange(moved(blocks, place, -1))}
                />
                <Button
                  type="text"
                  size="small"
                  icon={<ArrowDownOutlined />}
                  disabled={place === blocks.length - 1}
                  aria-label={t('moveDown', { kind })}
                  onClick={() => onChange(moved(blocks, place, 1))}
                />
                <Button
                  type="text"
                  size="small"
                  icon={<DeleteOutlined />}
                  aria-label={t('removeBlock', { kind })}
                  onClick={() => onChange(blocks.toSpliced(place, 1))}
                />
              </div>
              {block.kind !== 'divider' && (
                <div className={styles.blockBody}>
                  <BlockFields
                    block={block}
                    variables={variables}
                    onChange={(next) => onChange(blocks.with(place, next))}
                  />
                </div>
              )}
            </li>
          );
        })}
      </ol>
      <Dropdown trigger={['click']} menu={{ items }}>
        <Button icon={<PlusOutlined />} className={styles.add ?? ''}>
          {t('addBlock')}
        </Button>
      </Dropdown>
    </>
  );
}
