/** What the settings of documents, the phrase library and the three documents at once look like on the wire. */
import type { components } from "./schema";

type Schemas = components["schemas"];

export type OrganSettings = Schemas["OrganSettings"];
export type OrganSetting = Schemas["OrganSetting"];
export type OrganFacts = Schemas["OrganFacts"];
export type OrganVersion = Schemas["OrganVersion"];
export type Phrase = Schemas["Phrase"];
export type PhraseText = Schemas["PhraseText"];
export type PhraseList = Schemas["PhraseList"];
export type TogetherFigures = Schemas["TogetherFigures"];
export type TogetherRow = Schemas["TogetherRow"];
