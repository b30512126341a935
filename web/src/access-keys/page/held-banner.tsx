import type { AccessKey } from '@arca/sdk';
import { useWords } from '../../text/use-words.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { useConfirm } from '../use-confirm.ts';

/** After a restore: why the key does not work, and the way out for its owner. */
export function HeldBanner({ accessKey, isMine }: { accessKey: AccessKey; isMine: boolean }) {
  const words = useWords();
  const { confirm, isConfirming } = useConfirm();
  return (
    <Banner
      tone="warning"
      text={words('accessKeys.wasHeld')}
      action={
        isMine && (
          <Button isSmall isBusy={isConfirming} onPress={() => void confirm(accessKey)}>
            {words('accessKeys.acts.confirm')}
          </Button>
        )
      }
    />
  );
}
