"""Messengers without buttons: what the numbers of the last answer mean"""

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('channel_choice',
    sa.Column('conversation_id', sa.String(length=64), nullable=False),
    sa.Column('payloads', sa.JSON(), nullable=False),
    sa.Column('shown_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('conversation_id')
    )
    op.create_index('ix_channel_choice_shown_at', 'channel_choice', ['shown_at'])


def downgrade() -> None:
    op.drop_table('channel_choice')
