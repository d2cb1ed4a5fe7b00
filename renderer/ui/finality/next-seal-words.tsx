import { Trans, useTranslation } from 'react-i18next';
import type { NextSeal } from '../../../shared/seal/status';
import { NETWORK_KEY } from '../../../shared/network/state';
import { useNetwork } from '../../app/network';
import { MemberName } from '../member-name';

/** Names in one sentence; more are counted. */
const NAMED = 6;

/** What the next seal waits for and from whom, in a sentence or two. */
export function NextSealWords({ next }: { readonly next: NextSeal | null }) {
  const { t } = useTranslation('ui');
  const { state } = useNetwork();
  if (state.network.get(NETWORK_KEY)?.sample === true) return <>{t('finality.next.sample')}</>;
  if (next === null) return <>{t('finality.next.soon')}</>;
  const { height, stage, ready, waitingFor, quorum, of } = next;
  if (of === 0) return <>{t('finality.next.nobody')}</>;
  const components = { names: <Names ids={waitingFor} /> };
  if (ready.length === 0) {
    const i18nKey = of === 1 ? 'finality.next.beginsAlone' : 'finality.next.begins';
    return <Trans t={t} i18nKey={i18nKey} values={{ height, quorum }} components={components} />;
  }
  const isEnoughSome = stage === 'ready' && waitingFor.length > quorum - ready.length;
  return (
    <>
      {t(`finality.next.${stage}`, { height, asked: ready.length, quorum, count: of })}{' '}
      {waitingFor.length > 0 && (
        <Trans
          t={t}
          i18nKey={isEnoughSome ? 'finality.next.someOf' : 'finality.next.waitsFor'}
          components={components}
        />
      )}
    </>
  );
}

/** Members' names with commas between. */
function Names({ ids }: { readonly ids: readonly string[] }) {
  const { t } = useTranslation('ui');
  const shown = ids.slice(0, NAMED);
  return (
    <>
      {shown.map((id, index) => (
        <span key={id}>
          {index > 0 && ', '}
          <MemberName id={id} />
        </span>
      ))}
      {ids.length > shown.length && ` ${t('finality.next.others', { count: ids.length - shown.length })}`}
    </>
  );
}
