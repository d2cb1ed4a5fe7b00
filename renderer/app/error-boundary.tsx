import { Button, Group, Stack } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../ui/errors';

interface Props {
  readonly children: ReactNode;
  /** A change of it, such as another route, gives the children a new try. */
  readonly resetKey: string;
}
interface State {
  readonly caught: { readonly error: unknown } | null;
  readonly resetKey: string;
}

/** A view that fails takes only its own place: the rest stays usable, and the view can be tried again. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { caught: null, resetKey: this.props.resetKey };

  static getDerivedStateFromError(error: unknown): Pick<State, 'caught'> {
    return { caught: { error } };
  }

  static getDerivedStateFromProps({ resetKey }: Props, state: State): State | null {
    return resetKey === state.resetKey ? null : { caught: null, resetKey };
  }

  override render(): ReactNode {
    const { caught } = this.state;
    if (caught === null) return this.props.children;
    return <Failed error={caught.error} retry={() => this.setState({ caught: null })} />;
  }
}

function Failed({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  const { t } = useTranslation('app');
  return (
    <Stack>
      <ErrorState error={error} retry={retry} />
      <Group>
        <Button variant="default" onClick={() => window.location.reload()}>
          {t('reload')}
        </Button>
      </Group>
    </Stack>
  );
}
