/** Gives the words of a key, with values put in. Which language and library is behind it, its caller knows. */
export type Translate = (key: string, params?: Record<string, unknown>) => string;
