import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_BADGE, NOTICE_LENGTHS, type Notice } from '../../../shared/ipc/contract';
import type { Need } from '../../../shared/network/needs/needs';
import { wellFormed } from '../../../shared/record/shape';
import { getPlatform } from '../../platform';
import { useNetworks } from '../engine';
import { habits } from '../habits';
import { attentionChoice } from './choice';
import { News } from './news';
import { isQuiet } from './quiet';
import { Watched } from './watched';

/** More networks than these are not kept open beside the one on the screen. */
const MOST_NETWORKS = 8;
const MOST_LINES = 3;
/** Milliseconds: quiet hours end by themselves. */
const TELL_EVERY = 60_000;

/**
 * Where the person chose so, keeps all their networks in sync, tells them by a notification what has come to need them while they look
 * elsewhere, and counts it on the app's icon. Shows nothing itself.
 */
export function Attention() {
  const { notify, badge, contents, quiet } = attentionChoice();
  const background = habits((state) => state.current?.background === true);
  const { list } = useNetworks();
  const news = useMemo(() => new News(), []);
  const compose = useNotice();
  useEffect(() => habits.getState().load(), []);

  const tell = useCallback(() => {
    const platform = getPlatform();
    // A shell that does not take it misses nothing that is not on the screen.
    void platform.setBadge(badge ? Math.min(news.count, MAX_BADGE) : 0).catch(() => undefined);
    if (document.hasFocus() || !notify) news.seen();
    if (isQuiet(quiet, new Date())) return;
    for (const { network, needs } of news.tell()) {
      const name = list?.find(({ id }) => id === network)?.name;
      void platform.notify(compose(network, needs, contents ? name : undefined)).catch(() => undefined);
    }
  }, [news, badge, notify, contents, quiet, list, compose]);

  // A network stays held, with what is known of it, while the list or a choice changes.
  const newest = useRef(tell);
  useEffect(() => {
    newest.current = tell;
  }, [tell]);
  const onNeeds = useCallback(
    (network: string, needs: readonly Need[]) => {
      news.take(network, needs);
      newest.current();
    },
    [news],
  );
  const onGone = useCallback((network: string) => news.drop(network), [news]);
  useEffect(() => {
    tell();
    const ticking = setInterval(tell, TELL_EVERY);
    window.addEventListener('focus', tell);
    return () => {
      clearInterval(ticking);
      window.removeEventListener('focus', tell);
    };
  }, [tell]);

  if (!notify && !badge && !background) return null;
  const watched = (list ?? []).filter(({ sample }) => !sample).slice(0, MOST_NETWORKS);
  return watched.map(({ id }) => <Watched key={id} network={id} onNeeds={onNeeds} onGone={onGone} />);
}

/** Composes a notice: `name` of the network only where the person wants notices to say what they are about. */
function useNotice(): (network: string, needs: readonly Need[], name: string | undefined) => Notice {
  const { t } = useTranslation('attention');
  return useCallback(
    (network, needs, name) => {
      const lines = needs.slice(0, MOST_LINES).map(({ kind }) => t(`needs.${kind}`, { ns: 'home' }));
      const more = needs.length - lines.length;
      return {
        title: cut(name ?? t('notice.title'), NOTICE_LENGTHS.title),
        body: cut(
          name === undefined
            ? t('notice.some', { count: needs.length })
            : [...lines, ...(more > 0 ? [t('notice.more', { count: more })] : [])].join('\n'),
          NOTICE_LENGTHS.body,
        ),
        tag: network,
      };
    },
    [t],
  );
}

const cut = (text: string, length: number): string => wellFormed(text.slice(0, length));
