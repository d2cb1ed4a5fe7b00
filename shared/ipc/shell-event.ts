import * as shape from '../record/shape';
import { NOTICE_LENGTHS, type ShellEvent } from './contract';

/** Whether it is an event of the shell's, exactly. */
export const isShellEvent: shape.Shape<ShellEvent> = shape.tagged('kind', {
  power: shape.object({ awake: shape.boolean }),
  settings: shape.object({}),
  notice: shape.object({ tag: shape.text(NOTICE_LENGTHS.tag) }),
});
