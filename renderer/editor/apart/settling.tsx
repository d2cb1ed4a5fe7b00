import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** What one can do about what two changed apart: leave it as it is, or take what the one or the other made of it. */
export function Settling(props: {
  readonly others: string;
  readonly onKeep: () => void;
  readonly onMine: () => void;
  readonly onTheirs: () => void;
}) {
  const { t } = useTranslation('editor');
  return (
    <>
      <Button size="xs" variant="default" onClick={props.onKeep}>
        {t('apart.keep')}
      </Button>
      <Button size="xs" variant="default" onClick={props.onMine}>
        {t('apart.takeMine')}
      </Button>
      <Button size="xs" variant="default" onClick={props.onTheirs}>
        {t('apart.takeTheirs', { who: props.others })}
      </Button>
    </>
  );
}
