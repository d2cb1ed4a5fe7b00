export { Attention } from './attention';
export { attentionChoice } from './choice';
export { minutesOf, timeText } from './quiet';
