"""What operating systems and shells say in other languages than English: German, French, Spanish, Portuguese,
Italian, Russian, Chinese and Japanese.

Docker hands on what the system says of a connection or a file; only that part is translated.
"""

from __future__ import annotations

from regdoctor.causes.signatures.signature import Signature
from regdoctor.causes.signatures.wording import NAME_SERVICE, SLOW

_REFUSED = (
    "da der zielcomputer die verbindung verweigerte",
    "ordinateur cible l’a expressément refusée",
    "el equipo de destino denegó expresamente dicha conexión",
    "a máquina de destino as recusou ativamente",
    "rifiuto persistente del computer di destinazione",
    "конечный компьютер отверг запрос на подключение",
    "由于目标计算机积极拒绝",
    "対象のコンピューターによって拒否されたため",
)
_NO_ANSWER = (
    "da die gegenstelle nach einer bestimmten zeitspanne nicht richtig reagiert hat",
    "n’a pas répondu convenablement au-delà d’une certaine durée",
    "no respondió adecuadamente tras un periodo de tiempo",
    "não respondeu corretamente após um período de tempo",
    "non ha risposto correttamente dopo un certo periodo di tempo",
    "от другого компьютера за требуемое время не получен нужный отклик",
    "由于连接方在一段时间后没有正确答复",
    "一定の時間を過ぎても正しく応答しなかった",
)
_NO_HOST = (
    "host ist unbekannt",
    "hôte inconnu",
    "host desconocido",
    "este host não é conhecido",
    "host sconosciuto",
    "этот хост неизвестен",
    "不知道这样的主机",
    "そのようなホストは不明です",
)
_NO_COMMAND = (
    (
        "docker",
        r"docker: (kommando nicht gefunden|befehl nicht gefunden|commande introuvable|orden no encontrada"
        r"|no se encontró la orden|comando não encontrado|comando non trovato|команда не найдена|未找到命令"
        r"|コマンドが見つかりません)",
        "bash",
    ),
    (
        "docker",
        r"befehl \W?docker\W? ist entweder falsch geschrieben|\Wdocker\W n.est pas reconnu en tant que commande"
        r"|\Wdocker\W no se reconoce como un comando|\Wdocker\W não é reconhecido como um comando"
        r"|\Wdocker\W non è riconosciuto come comando|\Wdocker\W не является внутренней или внешней"
        r"|\Wdocker\W 不是内部或外部命令",
        "cmd.exe",
    ),
    (
        "docker",
        r"benennung \Wdocker\W wurde nicht als name eines|le terme .{0,3}docker.{0,3} n.est pas reconnu"
        r"|el término \Wdocker\W no se reconoce|o termo \Wdocker\W não é reconhecido|无法将\Wdocker\W项识别为",
        "PowerShell",
    ),
)

LANGUAGES: tuple[Signature, ...] = (
    *(Signature("tcp-refused", words, program="Windows", common=True) for words in _REFUSED),
    *(
        Signature(
            "tcp-timeout",
            words,
            "",
            ("proxy-error", "registry-unavailable"),
            apart=SLOW,
            program="Windows",
            common=True,
        )
        for words in _NO_ANSWER
    ),
    *(
        Signature(
            "dns-not-found",
            words,
            "",
            ("dns-failure",),
            apart=NAME_SERVICE,
            program="Windows",
            common=True,
        )
        for words in _NO_HOST
    ),
    *(
        Signature("docker-not-installed", needle, pattern, program=shell)
        for needle, pattern, shell in _NO_COMMAND
    ),
)
"""In the order of the table: the more telling first."""
