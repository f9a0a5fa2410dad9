/** How a field of a document asks for a phrase of the library: what it says, where the caret is, and where the words go. */
import { createContext } from "react";

export interface PhraseWish { field: string; text: string; from: number; until: number; put: (text: string) => void; input: HTMLTextAreaElement | HTMLInputElement | null }

/** Opens the finder of phrases; nothing where there is none. */
export const PhraseFinder = createContext<((wish: PhraseWish) => void) | null>(null);
