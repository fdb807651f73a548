"""Each press and release says its MIDI channel and the instrument it was made on."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("touches", sa.Column("channel", sa.Integer, comment="null where none was told"))
    device = "null where it is not told apart from the run's"
    op.add_column("touches", sa.Column("device", sa.Text, comment=device))
