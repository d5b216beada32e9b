/* Everything that is said to the reader. */
(function (zh) {
  "use strict";

  function quoted(list) {
    return list
      .map(function (word) {
        return "“" + word + "”";
      })
      .join("、");
  }

  zh.words = {
    results: "搜索结果",
    box: "搜索全书",
    search: "搜索",
    waiting: "正在载入全书文字……",
    failed: "搜索数据没有载入：请确认 _static/zhsearch 文件夹与网页放在一起。",
    signs: "只有标点，没有可查的字词：请连同前后的字一起输入。",
    ask: "输入词语、句子片段、数字或拼音首字母；几个词之间用空格隔开，表示同时含有。",
    keys: "按 / 开始搜索，上下键选择，回车打开，Esc 关闭。",
    all: function (total) {
      return "查看全部 " + total + " 条";
    },
    more: function (rest) {
      return "再显示 " + rest + " 条";
    },
    places: function (count) {
      return count + " 处";
    },
    here: "同页另有",
    total: function (total, groups) {
      const named = groups.map(function (group) { return group.label + " " + group.results.length; });
      return "找到 " + total + " 条" + (groups.length === 1 && !groups[0].label ? "" : "：" + named.join("，")) + "。";
    },
    note: function (answer) {
      if (answer.kind === "pinyin") return "按拼音找到 " + quoted(answer.read) + "。";
      if (answer.kind === "synonym") return "书里不用这个说法，以下是意思相近的 " + quoted(answer.read) + "。";
      if (answer.kind === "sound") return "没有 " + quoted([answer.query]) + "，以下是同音的 " + quoted(answer.read) + "。";
      if (answer.kind === "question") return "按 " + quoted(answer.read) + " 查找。";
      if (answer.kind === "loose") return "没有 " + quoted([answer.query]) + " 这样的写法，以下不计其中的标点。";
      if (answer.kind === "some")
        return "没有一处同时含有各个词；以下含有 " + quoted(answer.read) + "，不含 " + quoted([answer.missing]) + "。";
      if (answer.kind === "near") return "没有 " + quoted([answer.query]) + "，以下是相近的 " + quoted(answer.read) + "。";
      if (answer.kind === "cover") return "没有完全相同的字句，以下是部分文字相同的近似结果。";
      return "";
    },
    label: { near: "近似", cover: "近似", pinyin: "拼音", synonym: "同义", sound: "同音", some: "缺一词" },
    direct: "直达",
    indexed: "主题索引",
    text: "正文",
    also: "也查：",
    alsoAt: "又见：",
    source: "原文",
    twin: "引文和原文两处",
    hits: function (at, total) {
      return "第 " + at + " 处，共 " + total + " 处";
    },
    previous: "上一处",
    next: "下一处",
    unmark: "去掉标记",
    none: function (query) {
      return "全书没有 " + quoted([query]) + "。";
    },
    advice: "可以少打几个字，换一个说法，或在词与词之间加空格。",
    instead: "书中有：",
  };
})((window.zhsearch = window.zhsearch || {}));
