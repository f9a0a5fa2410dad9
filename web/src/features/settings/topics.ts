/** The events (事件) that a webhook can ask for, in words. */
const words: Record<string, string> = {
  "*": "全部事件", "lead.*": "线索的全部变化", "lead.reported": "线索上报", "lead.changed": "线索办理", "centre.*": "办案中心进度（不含个人信息）",
};
export const topicWord = (topic: string) => words[topic] ?? topic;
export const knownTopics = Object.keys(words);
