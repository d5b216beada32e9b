"""一个模块。"""

from __future__ import annotations


class Runner:
    """执行器。

    :param work_dir: 工作目录。
    :type work_dir: str
    :raises ValueError: 目录不存在。
    """

    def train(self, epochs: int = 1, *hooks: str, resume: bool = False, **options: object) -> dict[str, int]:
        """训练。

        :param epochs: 轮数。
        :param hooks: 钩子。
        :returns: 结果。
        """
        return {}
