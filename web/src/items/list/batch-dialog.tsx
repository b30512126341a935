import { useEffect, useRef, useState } from 'react';
import { ProblemBanner } from '../../api/problem-banner.tsx';
import { useWords } from '../../text/use-words.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Progress } from '../../ui/progress.tsx';
import { showToast } from '../../ui/toast.tsx';
import { refresh } from '../item-queries.ts';
import styles from './batch-dialog.module.css';
import { type Batch, kindOfAll, type Outcome, runBatch } from './run-batch.ts';

const done = { disable: 'disabled', enable: 'enabled', share: 'shared' } as const;

type BatchDialogProps = { batch: Batch; onClose: (isBegun: boolean) => void };

/** Asks before many items are disabled, shows how far it is, and which could not be done and why. */
export function BatchDialog({ batch, onClose }: BatchDialogProps) {
  const words = useWords();
  const [outcomes, setOutcomes] = useState<Outcome[]>();
  const [error, setError] = useState<unknown>(null);
  const kind = kindOfAll(batch.items);
  const count = batch.items.length;
  const isAsking = outcomes === undefined;
  const run = async () => {
    const before = error === null ? [] : (outcomes ?? []);
    const told = new Set(before.map(({ item }) => item));
    const all = [...before];
    setOutcomes(all);
    setError(null);
    try {
      await runBatch({ ...batch, items: batch.items.filter((item) => !told.has(item)) }, (more) => {
        all.push(...more);
        setOutcomes([...all]);
      });
    } catch (thrown) {
      setError(thrown);
    }
    void refresh(batch.items);
    if (all.length === count && all.every(({ problem }) => problem === undefined)) finish();
  };
  const finish = () => {
    onClose(true);
    const undo = { disable: 'enable', enable: 'disable' } as const;
    showToast({
      tone: 'success',
      text: words(`items.${done[batch.verb]}.${kind}`, { count }),
      detail: batch.verb === 'share' ? batch.with : undefined,
      onUndo:
        batch.verb === 'share'
          ? undefined
          : () => void undoBatch({ verb: undo[batch.verb as keyof typeof undo], items: batch.items }),
    });
  };
  const undoBatch = async (back: Batch) => {
    const failed: Outcome[] = [];
    await runBatch(back, (more) => failed.push(...more.filter(({ problem }) => problem !== undefined))).catch(() =>
      showToast({ tone: 'danger', text: words('items.undoFailed') }),
    );
    void refresh(back.items);
    if (failed.length > 0) showToast({ tone: 'danger', text: words('items.undoFailed') });
  };
  const begin = useRef(batch.verb === 'disable' ? undefined : run);
  useEffect(() => {
    void begin.current?.();
    begin.current = undefined;
  }, []);
  const failed = outcomes?.filter(({ problem }) => problem !== undefined) ?? [];
  const isRunning = outcomes !== undefined && error === null && outcomes.length < count;
  return (
    <Dialog
      isOpen
      onOpenChange={() => onClose(!isAsking)}
      isDismissable={!isRunning}
      title={
        isAsking || isRunning
          ? words(`items.batch.${batch.verb}.${kind}`, { count })
          : words(`items.batch.result.${done[batch.verb]}`, { count: count - failed.length, total: count })
      }
      lead={
        isAsking ? words('items.batch.lead') : !isRunning && failed.length > 0 ? words('items.batch.failed') : undefined
      }
      actions={
        isAsking ? (
          <>
            <Button onPress={() => onClose(false)}>{words('ui.cancel')}</Button>
            <Button variant="danger" onPress={() => void run()}>
              {words(`items.acts.${batch.verb}`)}
            </Button>
          </>
        ) : (
          <Button isDisabled={isRunning} onPress={() => onClose(true)}>
            {words('ui.close')}
          </Button>
        )
      }
    >
      {isRunning && <Progress label={words('items.batch.progress')} done={outcomes.length} total={count} />}
      <ProblemBanner error={error} onRetry={() => void run()} />
      {failed.length > 0 && (
        <ul className={styles.failed}>
          {failed.map(({ item, problem }) => (
            <li key={`${item.kind}/${item.number}`} className={styles.line}>
              <strong>{item.name}</strong>
              <span>{problem && words(`problems.codes.${problem.code}.what`, { defaultValue: problem.title })}</span>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
